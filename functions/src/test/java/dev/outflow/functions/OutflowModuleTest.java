package dev.outflow.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.module.CoreModule;
import org.junit.jupiter.api.Test;

class OutflowModuleTest {
  @Test
  void isLoadedByItsName() {
    TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());

    tables.executeSql("LOAD MODULE outflow");

    assertThat(tables.listModules()).containsExactly("core", "outflow");
    assertThat(List.of(tables.listFunctions())).contains("BITAND");
    assertThat(tables.sqlQuery("SELECT bitand(6, 3)").getResolvedSchema().getColumns()).hasSize(1);
  }

  @Test
  void hasNoNameOfFlink() {
    Set<String> flink = CoreModule.INSTANCE.listFunctions(true);

    assertThat(new OutflowModule().listFunctions())
        .isNotEmpty()
        .noneMatch(name -> flink.contains(name.toLowerCase(Locale.ROOT)))
        .noneMatch(flink::contains);
  }
}
