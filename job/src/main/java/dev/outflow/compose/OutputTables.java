package dev.outflow.compose;

import dev.outflow.definition.OnConflict;
import dev.outflow.definition.OutputDefinition;
import dev.outflow.kafka.output.KafkaOutputTableFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TablePipeline;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.TableAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;

/**
 * The tables of outputs, created with their DDL.
 *
 * <p>CREATE TABLE makes the columns of a primary key NOT NULL, and Flink then fails the job if one
 * is null, before the output can handle it by {@code on-error}. A table with {@code mode: upsert}
 * is therefore replaced by one whose key columns have the types of the query.
 */
public final class OutputTables {
  private final TableEnvironment tables;
  private final String catalog;
  private final String database;

  /** Creates the tables in the current catalog, which has to be one in memory. */
  public OutputTables(TableEnvironment tables) {
    this.tables = tables;
    this.catalog = tables.getCurrentCatalog();
    this.database = tables.getCurrentDatabase();
  }

  /** Creates or replaces the table of an output. */
  void create(String alias, ResolvedSchema columns, OutputDefinition output) {
    drop(alias);
    tables.executeSql(Ddl.createOutput(alias, columns, output));
    if (output.isUpsert()) {
      Map<String, String> options = new HashMap<>(output.options());
      options.put(FactoryUtil.CONNECTOR.key(), KafkaOutputTableFactory.IDENTIFIER);
      replace(alias, columns, output, options);
    }
  }

  /** Replaces the table of an output by one with the same columns and key, but other options. */
  public void replace(
      String alias, ResolvedSchema columns, OutputDefinition output, Map<String, String> options) {
    drop(alias);
    List<String> key = output.isUpsert() ? Ddl.primaryKey(columns, output) : List.of();
    createKeyed(alias, columns, key, options);
  }

  /**
   * Creates a table with a primary key whose columns can be null.
   *
   * @param key the columns of the key; without any, the table has none
   */
  public void createKeyed(
      String alias, ResolvedSchema columns, List<String> key, Map<String, String> options) {
    // Without time attributes, as in DDL.
    List<Column> persisted =
        DataType.getFields(columns.toPhysicalRowDataType()).stream()
            .map(field -> (Column) Column.physical(field.getName(), field.getDataType()))
            .toList();
    ResolvedSchema unkeyed = new ResolvedSchema(persisted, List.of(), null, List.of());
    CatalogTable table =
        CatalogTable.newBuilder()
            .schema(Schema.newBuilder().fromResolvedSchema(unkeyed).build())
            .options(options)
            .build();
    UniqueConstraint constraint =
        key.isEmpty() ? null : UniqueConstraint.primaryKey("key_" + alias, key);
    try {
      catalog()
          .createTable(
              new ObjectPath(database, alias),
              new ResolvedCatalogTable(
                  table, new ResolvedSchema(persisted, List.of(), constraint, List.of())),
              false);
    } catch (TableAlreadyExistException | DatabaseNotExistException e) {
      throw new IllegalStateException("cannot create table '%s'".formatted(alias), e);
    }
  }

  private void drop(String alias) {
    tables.executeSql("DROP TEMPORARY TABLE IF EXISTS " + Ddl.identifier(alias));
    try {
      catalog().dropTable(new ObjectPath(database, alias), true);
    } catch (TableNotExistException e) {
      throw new IllegalStateException("cannot replace table '%s'".formatted(alias), e);
    }
  }

  private Catalog catalog() {
    return tables.getCatalog(catalog).orElseThrow();
  }

  /** Returns the pipeline that inserts a result into the table of an output. */
  public TablePipeline insert(String alias, Table result, Optional<OnConflict> onConflict) {
    String path =
        "%s.%s.%s"
            .formatted(Ddl.identifier(catalog), Ddl.identifier(database), Ddl.identifier(alias));
    return onConflict.isPresent()
        ? result.insertInto(path, onConflict.get().strategy())
        : result.insertInto(path);
  }
}
