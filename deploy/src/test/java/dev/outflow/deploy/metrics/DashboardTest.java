package dev.outflow.deploy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DashboardTest {
  private final Dashboard dashboard;

  DashboardTest() throws IOException {
    dashboard = Dashboard.read();
  }

  @Test
  void everyPanelHasTitleDescriptionUnitAndDatasource() {
    for (JsonNode panel : dashboard.panels()) {
      String title = panel.path("title").asText();
      assertThat(title).isNotBlank();
      assertThat(panel.path("description").asText()).as(title).isNotBlank();
      assertThat(panel.at("/fieldConfig/defaults/unit").asText()).as(title).isNotBlank();
      assertThat(panel.get("targets")).as(title).isNotEmpty();
      assertThat(panel.findValuesAsText("uid"))
          .as(title)
          .isNotEmpty()
          .containsOnly("${datasource}");
    }
    assertThat(dashboard.panels())
        .extracting(panel -> panel.get("title").asText())
        .doesNotHaveDuplicates();
  }

  @Test
  void idsAreUniqueAndPanelsDoNotOverlap() {
    assertThat(dashboard.json().get("panels"))
        .extracting(panel -> panel.get("id").asInt())
        .doesNotHaveDuplicates();
    List<JsonNode> places = dashboard.json().get("panels").findValues("gridPos");
    for (JsonNode one : places) {
      assertThat(places.stream().filter(other -> overlap(one, other)))
          .as(one.toString())
          .hasSize(1);
    }
  }

  @Test
  void variablesAreDatasourceJobAndAlias() {
    assertThat(dashboard.json().at("/templating/list").findValuesAsText("name"))
        .containsExactly("datasource", "job", "alias");
  }

  @Test
  void everyMetricIsDocumented() throws IOException {
    Set<String> known = MetricsPage.names();
    for (String expression : dashboard.expressions()) {
      assertThat(Selector.in(expression))
          .as(expression)
          .isNotEmpty()
          .allMatch(selector -> known.stream().anyMatch(selector::matchesName));
    }
  }

  private static boolean overlap(JsonNode one, JsonNode other) {
    return overlap(one, other, "x", "w") && overlap(one, other, "y", "h");
  }

  private static boolean overlap(JsonNode one, JsonNode other, String from, String length) {
    int begin = one.get(from).asInt();
    int otherBegin = other.get(from).asInt();
    return begin < otherBegin + other.get(length).asInt()
        && otherBegin < begin + one.get(length).asInt();
  }
}
