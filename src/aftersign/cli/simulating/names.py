"""What simulated people, customers, suppliers and goods are called: the same for the same number."""

from __future__ import annotations

_FAMILY = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金"
    "石廖贾夏韦付方白邹孟熊秦邱江尹薛阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔向汤"
    ""
)
_GIVEN = (
    "敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建文博宇轩涵梓浩然思远雨晨欣怡嘉志远晓岚启明国栋海燕少峰佳"
    "琪立新春梅永康子墨俊哲若曦安然天佑"
)
_PLACES = (
    "上海", "北京", "深圳", "广州", "杭州", "苏州", "成都", "武汉", "西安", "南京", "宁波", "青岛",
    "长沙", "合肥", "无锡", "厦门", "天津", "重庆", "郑州", "大连",
)  # fmt: skip
_MARKS = (
    "恒远", "立泰", "明源", "远航", "北辰", "云图", "博雅", "海川", "华创", "正诚", "启明", "锦程", "瑞丰",
    "中科", "天衡", "同济", "新元", "信达", "凯盛", "联合", "盛世", "东方", "鼎力", "宏图", "安泰",
)  # fmt: skip
_TRADES = (
    "智造", "电子", "食品", "物流", "医疗科技", "传媒", "教育科技", "水务", "能源", "化工",
    "汽车零部件", "纺织", "建材", "环保", "生物",
)  # fmt: skip
_FORMS = ("股份有限公司", "有限公司", "集团有限公司")
GOODS = {
    "sales": ("扫码终端供货", "服务器供货", "工业网关供货", "教学终端供货", "传感器套件供货"),
    "service": ("车间网络改造", "数据看板开发", "仓储扫码改造", "系统集成服务", "设备巡检服务"),
    "project": ("MES 实施", "产线视觉检测", "智慧园区门禁", "冷链温控改造", "检测平台建设"),
    "rental": ("会议设备租赁", "测试设备租赁", "叉车租赁"),
    "maintenance": ("软件年度维护", "服务器维护续签", "产线维保"),
    "call_off": ("备件年度供应叫料", "耗材叫料", "泵站备件叫料"),
    "other": ("技术咨询", "人员培训", "数据迁移"),
}


def person(number: int) -> str:
    """The name of the n-th person."""
    family = _FAMILY[number * 37 % len(_FAMILY)]
    first, second = _GIVEN[number * 11 % len(_GIVEN)], _GIVEN[(number * 29 + 7) % len(_GIVEN)]
    return family + first + (second if number % 4 else "")


def firm(number: int) -> str:
    """The name of the n-th customer, no two alike."""
    rest, place = divmod(number, len(_PLACES))
    rest, mark = divmod(rest, len(_MARKS))
    rest, trade = divmod(rest, len(_TRADES))
    again, form = divmod(rest, len(_FORMS))
    branch = f"第{again}分公司" if again else ""
    return f"{_PLACES[place]}{_MARKS[mark]}{_TRADES[trade]}{_FORMS[form]}{branch}"


def goods(kind: str, number: int) -> str:
    """What the n-th order is called, by its kind."""
    names = GOODS.get(kind, GOODS["other"])
    return f"{names[number % len(names)]} {number // len(names) % 90 + 10}"
