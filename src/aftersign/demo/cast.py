"""The sample company: its departments, its people, and who heads what."""

from __future__ import annotations

from dataclasses import dataclass

COMPANY = "恒信科技有限公司"
MANAGEMENT = "公司管理层"
PASSWORD = "qianhou-demo"  # noqa: S105 (a sample company on loopback)


@dataclass(frozen=True)
class Member:
    """Somebody of the sample company; `role` is how the demo offers their sign-in."""

    account: str
    name: str
    department: str
    title: str
    role: str = ""
    heads: str = ""
    post: str = ""
    is_auditor: bool = False


CAST = (
    Member("chenli", "陈立", "", "总经理", "general_manager", post="general_manager"),
    Member("lujian", "陆建", "sales", "销售部经理", "sales_head", heads="sales"),
    Member("wumin", "吴敏", "sales", "销售经理", "sales"),
    Member("wangqiming", "王启明", "project", "项目部经理", "project_head", heads="project"),
    Member("linxiaolan", "林晓岚", "project", "项目经理", "project_manager"),
    Member("dengkai", "邓凯", "project", "项目经理"),
    Member("xufang", "许芳", "customer_service", "客服部经理", "customer_service_head", heads="customer_service"),
    Member("zhouyan", "周岩", "customer_service", "客服专员", "customer_service"),
    Member("luoyun", "罗芸", "finance", "财务部经理", "finance_head", heads="finance"),
    Member("hejing", "何静", "finance", "会计", "finance"),
    Member("sunqian", "孙倩", "records", "文档管理员", "records", heads="records"),
    Member("huangtao", "黄涛", "procurement", "采购主管", "procurement", heads="procurement"),
    Member("zhaoping", "赵平", "quality", "质量主管", "quality", heads="quality"),
    Member("guting", "顾婷", "", "制度主管", "policy_owner", post="policy_owner"),
    Member("fangzheng", "方正", "", "内部审计", "auditor", is_auditor=True),
)
STAFF = (
    Member("dujuan", "杜鹃", "", "总经理助理", post="coordinator"),
    Member("hanxue", "韩雪", "sales", "销售经理"),
    Member("pengbo", "彭博", "sales", "销售经理"),
    Member("suqing", "苏晴", "sales", "销售专员"),
    Member("jianglei", "蒋磊", "sales", "大客户经理"),
    Member("shilei", "石磊", "project", "项目经理"),
    Member("yuhuan", "余欢", "project", "项目经理"),
    Member("qinlang", "秦朗", "project", "实施工程师"),
    Member("bailu", "白露", "project", "实施工程师"),
    Member("fanwei", "范伟", "project", "实施工程师"),
    Member("yeqing", "叶青", "customer_service", "客服专员"),
    Member("yuanyuan", "袁圆", "customer_service", "客服专员"),
    Member("dingning", "丁宁", "finance", "会计"),
    Member("caoying", "曹颖", "finance", "出纳"),
    Member("tiantian", "田甜", "records", "文档专员"),
    Member("fenggang", "冯刚", "procurement", "采购专员"),
    Member("xiejun", "谢军", "quality", "质量工程师"),
    Member("lianghong", "梁红", "hr", "人力资源部经理", heads="hr"),
    Member("mali", "马丽", "hr", "人事专员"),
    Member("hubin", "胡斌", "it", "信息技术部经理", heads="it"),
    Member("zhengkai", "郑凯", "it", "运维工程师"),
    Member("tangyi", "唐毅", "rd", "研发部经理", heads="rd"),
    Member("panyang", "潘阳", "rd", "软件工程师"),
    Member("yuyang", "于洋", "rd", "软件工程师"),
    Member("furong", "傅蓉", "rd", "测试工程师"),
)
"""Everybody else of the sample company: those above are known by what they can show, these do the work with them."""

GIVEN_UP = "marketing"
"""The code of the department that the sample company has not: its work is done by the sales department."""

TEAM = {
    "project_manager": ("linxiaolan", "dengkai"),
    "customer_service": ("zhouyan", "xufang"),
    "finance": ("hejing", "luoyun"),
    "procurement": ("huangtao", "wangqiming"),
    "quality": ("zhaoping", "wangqiming"),
}
