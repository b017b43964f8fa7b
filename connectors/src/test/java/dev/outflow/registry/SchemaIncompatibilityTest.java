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
  void allowsNewNullableColumn() {
    assertThat(SchemaIncompatibility.describe(row(NUMBER), row(NUMBER, WORD))).isEmpty();
  }

  @Test
  void describesNewNotNullColumn() {
    assertThat(SchemaIncompatibility.describe(row(NUMBER), row(NUMBER, notNull(WORD))))
        .isEqualTo("column 'word' is new and not nullable");
  }

  @Test
  void describesRemovedColumnThatConsumersRequire() {
    assertThat(SchemaIncompatibility.describe(row(NUMBER, notNull(WORD)), row(NUMBER)))
        .isEqualTo("column 'word' was removed, but existing consumers require it");
  }

  @Test
  void describesChangedType() {
    assertThat(
            SchemaIncompatibility.describe(
                row(NUMBER, WORD), row(field("number", DataTypes.STRING()), WORD)))
        .isEqualTo("column 'number': int cannot be read as string");
  }

  @Test
  void describesColumnThatIsNoLongerNullable() {
    assertThat(SchemaIncompatibility.describe(row(NUMBER), row(notNull(NUMBER))))
        .isEqualTo("column 'number': nullable int cannot be read as int");
  }

  @Test
  void describesNestedColumn() {
    assertThat(
            SchemaIncompatibility.describe(
                row(field("order", DataTypes.ROW(NUMBER, WORD))),
                row(field("order", DataTypes.ROW(NUMBER, field("word", DataTypes.INT()))))))
        .isEqualTo("column 'order.word': string cannot be read as int");
  }

  @Test
  void describesLatestSchemaThatIsNotARecord() {
    assertThat(SchemaIncompatibility.describe(Schema.create(Schema.Type.STRING), row(NUMBER)))
        .isEqualTo("the subject's latest schema has type string, not record");
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
