"""The sample orders of the last weeks: those on which something is to be done today."""

from __future__ import annotations

from decimal import Decimal

from aftersign.demo.script import CREWS, Plot, Steps, accepted, explained, handed_over, sent

RETURNED: Steps = (
    *explained(),
    ("original", 3),
    ("return:project", 6),
    ("accept:customer_service", 1),
    ("resend", 8),
    ("accept:finance", 3),
)
SENT_BACK: Steps = (
    *sent(9),
    ("original", 3),
    ("explain", 4),
    ("accept:project", 3),
    ("accept:customer_service", 2),
    ("return:finance", 5),
)
TAKEN: Steps = (("register", 3), ("send:procurement", 3), ("original", 3), ("take:finance", 1))
OWNED: Steps = (("take:project", 1), ("take:customer_service", 0.5))
EXTENDED: Steps = (
    *accepted(explained()),
    ("extension:1.3.4.a", 5),
    ("approve:project", 3),
    ("team", 22),
    ("postpone", 60),
)

_PLOTS: tuple[tuple[str, str, str, int, int, Steps, int, str], ...] = (
    ("MES 二期实施", "华东智造股份有限公司", "project", 1980000, 32, handed_over(explained()), 2, "wu"),
    ("产线视觉检测升级", "立泰电子有限公司", "project", 860000, 30, EXTENDED, 1, "wu"),
    ("仓储扫码改造", "明源食品集团有限公司", "service", 320000, 27, (*handed_over(sent()), ("complete", 80)), 0, "wu"),
    (
        "TMS 运输管理平台",
        "远航物流股份有限公司",
        "project",
        540000,
        25,
        (*accepted(sent()), ("suspend", 3), ("resume", 60), ("team", 4)),
        0,
        "wu2",
    ),
    (
        "备件年度供应",
        "华东智造股份有限公司",
        "call_off",
        36000,
        23,
        (*handed_over(sent(2)), ("slip", 20), ("complete", 40), ("close", 9)),
        0,
        "wu",
    ),
    (
        "门店会员系统",
        "百合连锁药房有限公司",
        "service",
        238000,
        19,
        (*handed_over(explained(4)), ("ask_suspension", 90)),
        1,
        "han",
    ),
    (
        "设备点检系统",
        "恒通轨道装备有限公司",
        "project",
        465000,
        17,
        (
            *sent(4),
            ("original", 2),
            ("accept:project", 2),
            ("accept:finance", 3),
            ("ask:customer_service", 1),
            ("answer", 4),
            ("accept:customer_service", 3),
            ("team", 6),
        ),
        0,
        "peng",
    ),
    ("检测平台一期", "北辰医疗科技股份有限公司", "project", 860000, 4, RETURNED, 2, "wu"),
    (
        "广告投放系统",
        "云图传媒有限公司",
        "service",
        180000,
        2,
        (*sent(4), ("original", 2), ("accept:finance", 3)),
        0,
        "han",
    ),
    ("智慧校园门禁", "博雅教育科技有限公司", "project", 420000, 6, SENT_BACK, 1, "wu"),
    (
        "访客系统",
        "博雅教育科技有限公司",
        "service",
        126000,
        11,
        (*sent(6), ("original", 3), ("accept:project", 3), ("terminate", 9)),
        0,
        "wu",
    ),
    (
        "远程巡检试点",
        "中原热力有限公司",
        "service",
        98000,
        10,
        (*handed_over(sent(3)), ("ask_suspension", 24), ("reject", 6)),
        0,
        "su",
    ),
    ("水务监测三期", "海川水务集团有限公司", "project", 1260000, 1, (("register", 2),), 0, "wu"),
    ("扫码枪补充采购", "明源食品集团有限公司", "sales", 24800, 8, (*handed_over(sent(3)), ("complete", 14)), 0, "wu"),
    (
        "服务器维护续签",
        "立泰电子有限公司",
        "maintenance",
        96000,
        3,
        (*sent(3), ("original", 4), ("accept:project", 2), ("accept:customer_service", 3)),
        0,
        "wu2",
    ),
    ("冷链温控改造", "明源食品集团有限公司", "project", 275000, 6, (*sent(5), ("suspend", 8)), 0, "wu"),
    (
        "会议室设备租赁",
        "云图传媒有限公司",
        "rental",
        18600,
        3,
        (*accepted(sent(2)), ("extension:1.3.4.a", 3)),
        0,
        "han",
    ),
    (
        "数据看板开发",
        "远航物流股份有限公司",
        "service",
        150000,
        4,
        (
            *explained(3),
            ("extension:2.2.1.a", 1),
            ("approve:sales", 2),
            ("accept:finance", 3),
            ("accept:customer_service", 2),
            ("original", 4),
        ),
        1,
        "jiang",
    ),
    (
        "实验室集成",
        "北辰医疗科技股份有限公司",
        "project",
        690000,
        1,
        (("register", 3), ("send:quality", 4), ("ask:project", 5), ("take:finance", 0.5)),
        2,
        "wu",
    ),
    ("教学终端供货", "博雅教育科技有限公司", "sales", 132000, 2, (("register", 3),), 0, "wu"),
    (
        "泵站备件",
        "海川水务集团有限公司",
        "call_off",
        42000,
        2,
        (*sent(2), ("waiver:2.2.1.a", 1), ("approve:sales", 2), ("accept:finance", 2), *OWNED),
        0,
        "wu",
    ),
    ("车间网络改造", "华东智造股份有限公司", "service", 88000, 1, (("register", 2), ("extension:2.1.1.a", 1)), 0, "wu"),
    ("年度软件维护", "远航物流股份有限公司", "maintenance", 60000, 1, sent(1), 0, "jiang"),
    ("园区票务升级", "锦城文旅投资有限公司", "service", 215000, 2, TAKEN, 0, "peng"),
    ("电子班牌", "博雅教育科技有限公司", "sales", 47500, 0, (("register", 0.2),), 0, "wu"),
)
RECENT = tuple(
    Plot(title, customer, kind, Decimal(amount), age, steps, points, CREWS[crew])
    for title, customer, kind, amount, age, steps, points, crew in _PLOTS
)
