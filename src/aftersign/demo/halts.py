"""What people of the sample company do to let an order stand still, go on, or end."""

from __future__ import annotations

from aftersign.demo.scenes import actor, seller
from aftersign.orders import acts as orders
from aftersign.orders.models import HaltRequest, Order


def ask_suspension(order: Order) -> None:
    """The salesperson asks that the order stand still."""
    orders.request_suspension(order, reason="客户产线检修，机房停电，现场无法进入", by=seller(order))


def suspend(order: Order) -> None:
    """The salesperson asks, and the head of sales approves."""
    ask_suspension(order)
    orders.suspend(order, request=_asked(order), by=actor("lujian"))


def reject(order: Order) -> None:
    """The head of sales does not let the order stand still."""
    reason = "只影响一个机房，其余工作照常进行"
    orders.reject_request(order, request=_asked(order), reason=reason, by=actor("lujian"))


def resume(order: Order) -> None:
    """The salesperson lets the order go on."""
    orders.resume(order, reason="客户恢复供电，现场可以进入", by=seller(order))


def terminate(order: Order) -> None:
    """The salesperson asks that the order end, and the general manager approves."""
    orders.request_termination(
        order, reason="客户取消项目", settled_how="预付款抵扣已发生费用，余款退回客户", by=seller(order)
    )
    orders.terminate(order, request=_asked(order), by=actor("chenli"))


def close(order: Order) -> None:
    """The salesperson closes what is completed or terminated."""
    orders.close(order, by=seller(order))


def _asked(order: Order) -> HaltRequest:
    return HaltRequest.objects.get(order=order, state="asked")
