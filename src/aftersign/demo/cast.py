"""The sample company: its departments, its people, and who heads what."""

from __future__ import annotations

from dataclasses import dataclass

COMPANY = "恒信科技有限公司"
MANAGEMENT = "公司管理层"


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
TEAM = {
    "project_manager": ("linxiaolan", "dengkai"),
    "customer_service": ("zhouyan", "xufang"),
    "finance": ("hejing", "luoyun"),
    "procurement": ("huangtao", "wangqiming"),
    "quality": ("zhaoping", "wangqiming"),
}
