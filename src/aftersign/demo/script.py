"""What happens to the sample orders: who they are for, when they are signed, and how far they come."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Plot:
    """One order: `age` working days ago it was signed, and the steps that follow, each with a pause in hours of work.

    Steps: register or adopt:STAGE, send, explain, accept:CODE, return:CODE, resend, original, team, complete, suspend,
    resume, terminate, close; extension:TERM and waiver:TERM are asked for, and approve:CODE by the head of that
    department; slip is a change that is withdrawn again.
    """

    title: str
    customer: str
    kind: str
    amount: Decimal
    age: int
    steps: tuple[tuple[str, float], ...]
    points: int = 0


def _sent(pause: float = 5) -> tuple[tuple[str, float], ...]:
    return (("register", 3), ("send", pause))


def _explained(pause: float = 5) -> tuple[tuple[str, float], ...]:
    return (*_sent(pause), ("explain", 4))


def _accepted(sent: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float], ...]:
    return (
        *sent,
        ("original", 1),
        ("accept:project", 3),
        ("accept:customer_service", 2),
        ("accept:finance", 4),
    )


_PLOTS = (
    ("MES 二期实施", "华东智造股份有限公司", "project", 1980000, 32, (*_accepted(_explained()), ("team", 5)), 2),
    (
        "产线视觉检测升级",
        "立泰电子有限公司",
        "project",
        860000,
        30,
        (*_accepted(_explained(20)), ("extension:1.3.4.a", 5), ("approve:project", 3), ("team", 22)),
        1,
    ),
    (
        "仓储扫码改造",
        "明源食品集团有限公司",
        "service",
        320000,
        27,
        (*_accepted(_sent()), ("team", 6), ("complete", 80)),
        0,
    ),
    (
        "TMS 运输管理平台",
        "远航物流股份有限公司",
        "project",
        540000,
        25,
        (*_accepted(_sent()), ("suspend", 12), ("resume", 60), ("team", 4)),
        0,
    ),
    (
        "备件年度供应",
        "华东智造股份有限公司",
        "call_off",
        36000,
        23,
        (*_accepted(_sent(2)), ("slip", 20), ("complete", 40), ("close", 9)),
        0,
    ),
    (
        "检测平台一期",
        "北辰医疗科技股份有限公司",
        "project",
        860000,
        14,
        (
            *_explained(),
            ("original", 3),
            ("return:project", 6),
            ("accept:customer_service", 1),
            ("resend", 8),
            ("accept:finance", 3),
        ),
        2,
    ),
    ("广告投放系统", "云图传媒有限公司", "service", 180000, 12, (*_sent(4), ("original", 2), ("accept:finance", 5)), 0),
    ("智慧校园门禁", "博雅教育科技有限公司", "project", 420000, 9, (*_sent(9), ("return:finance", 7)), 1),
    (
        "访客系统",
        "博雅教育科技有限公司",
        "service",
        126000,
        11,
        (*_sent(6), ("accept:project", 6), ("terminate", 9)),
        0,
    ),
    ("水务监测三期", "海川水务集团有限公司", "project", 1260000, 2, (("register", 2),), 0),
    ("扫码枪补充采购", "明源食品集团有限公司", "sales", 24800, 8, (*_accepted(_sent(3)), ("complete", 20)), 0),
    (
        "服务器维护续签",
        "立泰电子有限公司",
        "maintenance",
        96000,
        7,
        (*_sent(3), ("original", 4), ("accept:project", 2)),
        0,
    ),
    ("冷链温控改造", "明源食品集团有限公司", "project", 275000, 6, (*_sent(5), ("suspend", 8)), 0),
    ("会议室设备租赁", "云图传媒有限公司", "rental", 18600, 5, _accepted(_sent(2)), 0),
    (
        "数据看板开发",
        "远航物流股份有限公司",
        "service",
        150000,
        4,
        (*_explained(3), ("extension:2.2.1.a", 1), ("approve:sales", 2), ("original", 9)),
        1,
    ),
    ("实验室集成", "北辰医疗科技股份有限公司", "project", 690000, 3, _sent(4), 2),
    ("教学终端供货", "博雅教育科技有限公司", "sales", 132000, 3, (("register", 3),), 0),
    (
        "泵站备件",
        "海川水务集团有限公司",
        "call_off",
        42000,
        2,
        (*_sent(2), ("waiver:2.2.1.a", 1), ("approve:sales", 2)),
        0,
    ),
    ("车间网络改造", "华东智造股份有限公司", "service", 88000, 1, (("register", 2), ("extension:2.1.1.a", 1)), 0),
    ("年度软件维护", "远航物流股份有限公司", "maintenance", 60000, 1, _sent(1), 0),
    ("电子班牌", "博雅教育科技有限公司", "sales", 47500, 0, (("register", 0.2),), 0),
    ("ERP 一期实施", "立泰电子有限公司", "project", 1350000, 58, (("adopt:executing", 190), ("complete", 150)), 0),
    ("总部机房维护", "远航物流股份有限公司", "maintenance", 72000, 47, (("adopt:handed_over", 80),), 0),
)
PLOTS = tuple(
    Plot(title, customer, kind, Decimal(amount), age, steps, points)
    for title, customer, kind, amount, age, steps, points in _PLOTS
)
CONTACTS = {
    "华东智造股份有限公司": ("沈知远", "信息中心主任"),
    "立泰电子有限公司": ("郭海", "生产部长"),
    "明源食品集团有限公司": ("唐婉", "仓储经理"),
    "远航物流股份有限公司": ("马骁", "IT 总监"),
    "北辰医疗科技股份有限公司": ("高珊", "信息部经理"),
    "云图传媒有限公司": ("乔安", "投放主管"),
    "博雅教育科技有限公司": ("戴宁", "装备处长"),
    "海川水务集团有限公司": ("沈知微", "信息中心主任"),
}
