package dev.outflow.kafka.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

class PrimaryKeySelectorTest {
  @Test
  void rowsWithDifferentKeysNeverShareState() {
    PrimaryKeySelector keys =
        new PrimaryKeySelector(
            List.of(
                RowData.createFieldGetter(VarCharType.STRING_TYPE, 0),
                RowData.createFieldGetter(VarCharType.STRING_TYPE, 1)));

    assertThat(keys.getKey(row("a", "1:b"))).isEqualTo(keys.getKey(row("a", "1:b")));
    assertThat(keys.getKey(row("a", "1:b"))).isNotEqualTo(keys.getKey(row("a1:", "b")));
    assertThat(keys.getKey(row("", "ab"))).isNotEqualTo(keys.getKey(row("ab", "")));
  }

  @Test
  void bytesAreComparedByTheirContent() {
    PrimaryKeySelector keys =
        new PrimaryKeySelector(
            List.of(RowData.createFieldGetter(new VarBinaryType(VarBinaryType.MAX_LENGTH), 0)));

    assertThat(keys.getKey(GenericRowData.of((Object) new byte[] {1, -1})))
        .isEqualTo(keys.getKey(GenericRowData.of((Object) new byte[] {1, -1})))
        .isNotEqualTo(keys.getKey(GenericRowData.of((Object) new byte[] {1})));
  }

  private static RowData row(String first, String second) {
    return GenericRowData.of(StringData.fromString(first), StringData.fromString(second));
  }
}
