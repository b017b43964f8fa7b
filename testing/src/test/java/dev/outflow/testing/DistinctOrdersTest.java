package dev.outflow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.example.DistinctOrders;
import java.math.BigDecimal;
import org.apache.flink.table.api.Schema;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;

/** The shipped example of testing a transformation in Java. */
class DistinctOrdersTest {
  private static final Schema ORDERS =
      Schema.newBuilder().column("order_id", "STRING").column("amount", "DECIMAL(10, 2)").build();

  @Test
  void dropsDuplicateOrders() {
    TestedOutputs outputs =
        TransformationTester.of(new DistinctOrders())
            .input("orders", ORDERS, order("a", "10.50"), order("b", "3.00"), order("a", "10.50"))
            .run();

    assertThat(outputs.output("distinct_orders"))
        .containsExactly(order("a", "10.50"), order("b", "3.00"));
  }

  private static Row order(String id, String amount) {
    return Row.of(id, new BigDecimal(amount));
  }
}
