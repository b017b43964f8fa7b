SELECT order_id, amount
FROM expensive
