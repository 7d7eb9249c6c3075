"""What happens to an order of the sample company: whom it is for, when it was signed, and how far it comes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

Steps = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Crew:
    """Who sells an order, leads it, looks after its customer and keeps its books, by their accounts."""

    sales: str = "wumin"
    project: str = "linxiaolan"
    customer_service: str = "zhouyan"
    finance: str = "hejing"

    def of(self, code: str) -> str:
        """Whoever answers for a department; departments beside these four have their heads."""
        return getattr(self, code, "") or {"procurement": "huangtao", "quality": "zhaoping"}[code]


FIRST = Crew()
CREWS = {
    "wu": FIRST,
    "wu2": Crew("wumin", "dengkai", "zhouyan", "dingning"),
    "han": Crew("hanxue", "dengkai", "yeqing", "hejing"),
    "peng": Crew("pengbo", "shilei", "yuanyuan", "dingning"),
    "su": Crew("suqing", "yuhuan", "yeqing", "hejing"),
    "jiang": Crew("jianglei", "linxiaolan", "zhouyan", "hejing"),
    "jiang2": Crew("jianglei", "shilei", "yuanyuan", "dingning"),
}


@dataclass(frozen=True)
class Plot:
    """One order: `age` working days ago it was signed, and the steps that follow, each with a pause in hours of work.

    Steps: register or adopt:STAGE, send or send:DEPARTMENT beside the three, explain, take:CODE, accept:CODE,
    return:CODE, resend, recall:CODE, ask:CODE, answer, correct, original, team, postpone, photos, complete or
    complete:warranty, ask_suspension, suspend, reject, resume, terminate, close; extension:TERM and waiver:TERM are
    asked for, and approve:CODE or refuse:CODE by the head of that department; exempt is a gate that two let an act
    pass; slip is a change that is withdrawn again. `amount` is in `currency`, of which one is `rate` in the base;
    it is delivered `delivery` days after the signing, in `parts` with their shares in percent.
    """

    title: str
    customer: str
    kind: str
    amount: Decimal
    age: int
    steps: Steps
    points: int = 0
    crew: Crew = FIRST
    currency: str = "CNY"
    rate: Decimal | None = None
    delivery: int = 90
    parts: tuple[tuple[str, int], ...] = ()


def sent(pause: float = 5) -> Steps:
    """Registered on the day of the signing, the form sent out when the next morning is over at the latest."""
    return (("register", 3), ("send", pause))


def explained(pause: float = 5) -> Steps:
    """The same with key points, which are explained."""
    return (*sent(pause), ("explain", 4))


def accepted(begun: Steps) -> Steps:
    """The original is kept, and in all three departments somebody takes it over to sign, and signs in time."""
    return (
        *begun,
        ("original", 1),
        ("take:project", 1),
        ("accept:project", 2),
        ("take:customer_service", 0.5),
        ("accept:customer_service", 1.5),
        ("take:finance", 1),
        ("accept:finance", 3),
    )


def handed_over(begun: Steps) -> Steps:
    """The same, and the team is named."""
    return (*accepted(begun), ("team", 5))


CONTACTS = {
    "华东智造股份有限公司": ("沈知远", "信息中心主任"),
    "立泰电子有限公司": ("郭海", "生产部长"),
    "明源食品集团有限公司": ("唐婉", "仓储经理"),
    "远航物流股份有限公司": ("马骁", "IT 总监"),
    "北辰医疗科技股份有限公司": ("高珊", "信息部经理"),
    "云图传媒有限公司": ("乔安", "投放主管"),
    "博雅教育科技有限公司": ("戴宁", "装备处长"),
    "海川水务集团有限公司": ("沈知微", "信息中心主任"),
    "恒通轨道装备有限公司": ("卢峰", "设备部部长"),
    "百合连锁药房有限公司": ("宋词", "运营总监"),
    "青禾农业发展有限公司": ("孟夏", "项目经理"),
    "中原热力有限公司": ("姚远", "调度中心主任"),
    "金陵纺织股份有限公司": ("邹凯", "生产副总"),
    "南粤新能源科技有限公司": ("黎明", "信息部经理"),
    "锦城文旅投资有限公司": ("舒畅", "智慧景区负责人"),
    "滨海港务集团有限公司": ("龙飞", "信息科科长"),
    "新世纪幼教集团有限公司": ("温馨", "采购主管"),
    "Nordwind Logistik GmbH": ("Anna Becker", "IT-Leiterin"),
}
