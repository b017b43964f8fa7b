package ${package};

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.testing.TransformationTester;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;

class DistinctOrdersTest {
  @Test
  void dropsRepeatedOrders() {
    Row a = Row.of("a", new BigDecimal("10.50"));
    Row b = Row.of("b", new BigDecimal("3.00"));

    assertThat(
            TransformationTester.of(Path.of("conf/distinct-orders.yaml"))
                .input("orders", a, b, a)
                .run()
                .output("distinct_orders"))
        .containsExactly(a, b);
  }
}
