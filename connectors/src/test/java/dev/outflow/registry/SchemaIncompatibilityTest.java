package dev.outflow.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.avro.Schema;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.junit.jupiter.api.Test;

class SchemaIncompatibilityTest {
  private static final DataTypes.Field NUMBER = DataTypes.FIELD("number", DataTypes.INT());
  private static final DataTypes.Field WORD = DataTypes.FIELD("word", DataTypes.STRING());

  @Test
  void aNewColumnThatMayBeNullIsNone() {
    assertThat(SchemaIncompatibility.of(row(NUMBER), row(NUMBER, WORD))).isEmpty();
  }

  @Test
  void aNewColumnThatMayNotBeNull() {
    assertThat(SchemaIncompatibility.of(row(NUMBER), row(NUMBER, notNull(WORD))))
        .isEqualTo("column 'word' is new and may not be null");
  }

  @Test
  void aColumnThatIsGoneAndNeeded() {
    assertThat(SchemaIncompatibility.of(row(NUMBER, notNull(WORD)), row(NUMBER)))
        .isEqualTo("column 'word' is gone, and those who read it need it");
  }

  @Test
  void anotherType() {
    assertThat(
            SchemaIncompatibility.of(
                row(NUMBER, WORD), row(field("number", DataTypes.STRING()), WORD)))
        .isEqualTo("column 'number' was int and is string");
  }

  @Test
  void aColumnThatMayNoLongerBeNull() {
    assertThat(SchemaIncompatibility.of(row(NUMBER), row(notNull(NUMBER))))
        .isEqualTo("column 'number' was int or null and is int");
  }

  @Test
  void whatIsNested() {
    assertThat(
            SchemaIncompatibility.of(
                row(field("order", DataTypes.ROW(NUMBER, WORD))),
                row(field("order", DataTypes.ROW(NUMBER, field("word", DataTypes.INT()))))))
        .isEqualTo("column 'order.word' was string and is int");
  }

  @Test
  void whatIsThereIsNoRecord() {
    assertThat(SchemaIncompatibility.of(Schema.create(Schema.Type.STRING), row(NUMBER)))
        .isEqualTo("the subject's newest schema is no record but of type string");
  }

  private static DataTypes.Field field(String name, DataType type) {
    return DataTypes.FIELD(name, type);
  }

  private static DataTypes.Field notNull(DataTypes.Field field) {
    return field(field.getName(), field.getDataType().notNull());
  }

  private static Schema row(DataTypes.Field... fields) {
    return RegistryFormatFactory.schema(DataTypes.ROW(fields).getLogicalType());
  }
}
