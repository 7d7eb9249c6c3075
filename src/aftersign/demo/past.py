"""The sample orders of the months before: most of them done in time, some late, returned, let off or given up."""

from __future__ import annotations

from decimal import Decimal

from aftersign.demo.script import CREWS, Plot, Steps, accepted, explained, handed_over, sent

RUNNING, TOLD = handed_over(sent()), handed_over(explained())
LATE: Steps = (
    ("register", 24),
    ("send", 9),
    ("original", 14),
    ("accept:project", 4),
    ("accept:customer_service", 20),
    ("accept:finance", 6),
    ("team", 26),
)
SLOW: Steps = (
    *sent(),
    ("original", 2),
    ("accept:project", 3),
    ("accept:customer_service", 30),
    ("accept:finance", 5),
    ("team", 6),
)
RETURNED: Steps = (
    *sent(),
    ("original", 2),
    ("accept:customer_service", 2),
    ("return:finance", 3),
    ("resend", 6),
    ("accept:project", 4),
    ("accept:customer_service", 2),
    ("accept:finance", 2),
    ("team", 6),
)
ASKED: Steps = (
    *sent(),
    ("original", 1),
    ("ask:project", 2),
    ("answer", 3),
    ("accept:customer_service", 1),
    ("take:finance", 1),
    ("accept:project", 2),
    ("accept:finance", 2),
    ("team", 6),
)
RECALLED: Steps = (
    ("register", 3),
    ("send:procurement", 4),
    ("original", 1),
    ("accept:project", 3),
    ("recall:procurement", 2),
    ("accept:customer_service", 2),
    ("accept:finance", 4),
    ("team", 5),
)
FOUR: Steps = (
    ("register", 2),
    ("send:quality", 5),
    ("original", 1),
    ("accept:project", 3),
    ("accept:quality", 2),
    ("accept:customer_service", 2),
    ("accept:finance", 2),
    ("team", 5),
)
CORRECTED: Steps = (*TOLD, ("correct", 30))
WAIVED: Steps = (
    *sent(),
    ("waiver:2.2.1.a", 1),
    ("approve:sales", 2),
    ("accept:project", 2),
    ("accept:customer_service", 2),
    ("accept:finance", 2),
    ("team", 5),
)
EXTENDED: Steps = (*accepted(sent()), ("extension:1.3.4.a", 3), ("approve:project", 3), ("team", 22))
REFUSED: Steps = (*accepted(sent()), ("extension:1.3.4.a", 3), ("refuse:project", 3), ("team", 6))
STOOD_STILL: Steps = (*RUNNING, ("suspend", 70), ("resume", 110), ("postpone", 6))
GIVEN_UP: Steps = (*RUNNING, ("terminate", 180), ("close", 20))
EXEMPT: Steps = (
    *sent(),
    ("original", 1),
    ("accept:project", 3),
    ("accept:customer_service", 2),
    ("exempt", 14),
    ("accept:finance", 5),
    ("team", 3),
)


def _done(steps: Steps, hours: float) -> Steps:
    """Accepted by the customer so many hours later, without a warranty, and closed."""
    return (*steps, ("photos", hours - 5), ("complete", 5), ("close", 27))


def _warranted(steps: Steps, hours: float) -> Steps:
    """The same under a warranty of a year."""
    return (*steps, ("photos", hours - 8), ("complete:warranty", 8), ("close", 40))


_PLOTS: tuple[tuple[str, str, str, int, int, Steps, int, str], ...] = (
    ("智能仓储一期", "明源食品集团有限公司", "project", 1680000, 176, _warranted(TOLD, 720), 2, "jiang"),
    ("办公网络维护", "云图传媒有限公司", "maintenance", 54000, 174, _done(RUNNING, 500), 0, "su"),
    ("质检工位采购", "立泰电子有限公司", "sales", 218000, 170, _warranted(LATE, 300), 0, "peng"),
    ("药房扫码终端", "百合连锁药房有限公司", "sales", 43600, 166, _done(RUNNING, 160), 0, "han"),
    ("渠道闸门监控", "海川水务集团有限公司", "project", 930000, 161, _warranted(RETURNED, 640), 0, "wu"),
    ("车队定位服务", "远航物流股份有限公司", "service", 164000, 157, _done(ASKED, 380), 0, "wu2"),
    ("展厅设备租赁", "锦城文旅投资有限公司", "rental", 32000, 153, _done(RUNNING, 120), 0, "peng"),
    ("转向架检测台", "恒通轨道装备有限公司", "project", 2450000, 148, FOUR, 0, "jiang2"),
    ("年度耗材供应", "金陵纺织股份有限公司", "call_off", 68000, 144, _done(RECALLED, 420), 0, "su"),
    ("幼儿园安防", "新世纪幼教集团有限公司", "service", 87000, 139, _warranted(RUNNING, 260), 0, "han"),
    ("热网调度大屏", "中原热力有限公司", "project", 720000, 134, _warranted(CORRECTED, 560), 1, "wu"),
    ("温室环境监测", "青禾农业发展有限公司", "project", 386000, 130, _warranted(STOOD_STILL, 420), 0, "peng"),
    ("电子签约平台", "南粤新能源科技有限公司", "service", 138000, 125, _done(WAIVED, 340), 0, "wu2"),
    ("咨询与培训", "滨海港务集团有限公司", "other", 49000, 121, _done(RUNNING, 90), 0, "su"),
    ("纺机数据采集", "金陵纺织股份有限公司", "project", 590000, 116, _warranted(EXTENDED, 500), 0, "jiang2"),
    ("冷库门禁更换", "明源食品集团有限公司", "sales", 76000, 112, _done(SLOW, 150), 0, "wu"),
    ("港口称重系统", "滨海港务集团有限公司", "project", 1120000, 108, (*TOLD, ("photos", 300)), 2, "jiang"),
    ("教务系统运维", "博雅教育科技有限公司", "maintenance", 90000, 104, RUNNING, 0, "han"),
    ("储能柜监控", "南粤新能源科技有限公司", "project", 845000, 99, (*REFUSED, ("complete:warranty", 520)), 0, "peng"),
    ("直播间搭建", "云图传媒有限公司", "service", 125000, 95, GIVEN_UP, 0, "su"),
    ("滴灌控制箱", "青禾农业发展有限公司", "sales", 58600, 91, _warranted(RUNNING, 200), 0, "wu"),
    ("织机备件供应", "金陵纺织股份有限公司", "call_off", 47000, 87, (*EXEMPT, ("close", 27)), 0, "peng"),
    ("检验样机租赁", "北辰医疗科技股份有限公司", "rental", 156000, 83, (*RUNNING, ("complete", 330)), 0, "wu2"),
    ("景区客流统计", "锦城文旅投资有限公司", "project", 468000, 78, (*RETURNED, ("photos", 200)), 0, "jiang"),
    ("门店收银升级", "百合连锁药房有限公司", "sales", 312000, 74, _done(LATE, 180), 0, "han"),
    ("涂装线节拍优化", "华东智造股份有限公司", "service", 198000, 64, (*ASKED, ("complete", 290)), 0, "jiang2"),
    ("岸桥视频回传", "滨海港务集团有限公司", "project", 615000, 58, FOUR, 0, "wu"),
    ("园所广播系统", "新世纪幼教集团有限公司", "sales", 39800, 53, _done(RUNNING, 140), 0, "peng"),
    ("信号柜改造", "恒通轨道装备有限公司", "project", 540000, 47, CORRECTED, 1, "jiang"),
    ("充电桩联网", "南粤新能源科技有限公司", "service", 226000, 41, (*SLOW, ("complete", 190)), 0, "han"),
)
_FOREIGN = Plot(
    *("Sorting line retrofit", "Nordwind Logistik GmbH", "project", Decimal(96500), 37, TOLD, 1, CREWS["jiang2"]),
    *("EUR", Decimal("7.85")),
)
_ADOPTED = (
    ("ERP 一期实施", "立泰电子有限公司", "project", 1350000, 226, (("adopt:executing", 330), ("complete", 420)), "wu"),
    (
        "总部机房维护",
        "远航物流股份有限公司",
        "maintenance",
        72000,
        219,
        (("adopt:handed_over", 280), ("team", 6)),
        "wu2",
    ),
    ("管网改造咨询", "海川水务集团有限公司", "other", 268000, 214, (("adopt:planned", 240),), "su"),
    ("数字孪生工厂", "华东智造股份有限公司", "project", 3200000, 208, (("adopt:executing", 190),), "jiang"),
)
PAST = (
    *(
        Plot(title, customer, kind, Decimal(amount), age, steps, 0, CREWS[crew])
        for title, customer, kind, amount, age, steps, crew in _ADOPTED
    ),
    *(
        Plot(title, customer, kind, Decimal(amount), age, steps, points, CREWS[crew])
        for title, customer, kind, amount, age, steps, points, crew in _PLOTS
    ),
    _FOREIGN,
)
