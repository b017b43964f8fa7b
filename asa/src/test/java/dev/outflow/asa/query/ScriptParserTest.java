package dev.outflow.asa.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Queries of Azure Stream Analytics as trees. */
class ScriptParserTest {
  @Test
  void separatesStatementsWithoutSemicolons() {
    Script script =
        parse(
            """
            WITH hot AS (SELECT * FROM sensors TIMESTAMP BY time WHERE value > 30),
                 calm AS (SELECT * FROM sensors WHERE [value] <= 30 -- no semicolon; here
            )
            SELECT * INTO alerts FROM hot
            SELECT deviceId, COUNT(*) AS n INTO counts FROM calm GROUP BY deviceId, TumblingWindow(second, 10)
            """);

    assertThat(script.errors()).isEmpty();
    assertThat(script.steps())
        .extracting(step -> step.name().text())
        .containsExactly("hot", "calm");
    assertThat(script.statements())
        .extracting(statement -> statement.into().orElseThrow().text())
        .containsExactly("alerts", "counts");
    assertThat(script.statements().get(0).text()).isEqualTo("SELECT * INTO alerts FROM hot");
  }

  @Test
  void acceptsKeywordsAsNamesWhereTheyAreUnambiguous() {
    Query.Select select =
        select("SELECT time, value AS user, timestamp FROM orders [order] TIMESTAMP BY time");

    assertThat(select.items()).hasSize(3);
  }

  @Test
  void keepsPositions() {
    Query.Select select =
        select("SELECT a,\n  LAG(b) OVER (PARTITION BY c LIMIT DURATION(minute, 5)) AS d FROM x");

    assertThat(select.items().get(1).at()).isEqualTo(new Position(2, 3, 12));
    Expression.Call lag = (Expression.Call) ((Query.Value) select.items().get(1)).expression();
    assertThat(lag.over().orElseThrow().limit().orElseThrow().arguments()).hasSize(2);
  }

  @Test
  void bindsOperatorsAsTransactSqlDoes() {
    Expression condition =
        select("SELECT a FROM x WHERE NOT a = 1 OR b + 2 * c < 3 AND d IS NULL")
            .where()
            .orElseThrow();

    Expression.Binary or = (Expression.Binary) condition;
    assertThat(or.operator()).isEqualTo("OR");
    assertThat(or.left()).isInstanceOf(Expression.Unary.class);
    assertThat(((Expression.Binary) or.right()).operator()).isEqualTo("AND");
  }

  @Test
  void bindsOperatorsOfBitsAsAddition() {
    Query.Value value = (Query.Value) select("SELECT flags & 4 + 1 | b * 2 FROM x").items().get(0);

    Expression.Binary or = (Expression.Binary) value.expression();
    assertThat(or.operator()).isEqualTo("|");
    assertThat(((Expression.Binary) or.right()).operator()).isEqualTo("*");
    Expression.Binary plus = (Expression.Binary) or.left();
    assertThat(plus.operator()).isEqualTo("+");
    assertThat(((Expression.Binary) plus.left()).operator()).isEqualTo("&");
  }

  @Test
  void readsAliasesBeforeAndAfterTheExpression() {
    Query.Select select =
        select("SELECT total = SUM(a), [b c] x, d AS 'e' FROM y GROUP BY System.Timestamp()");

    assertThat(select.items())
        .extracting(item -> ((Query.Value) item).name().orElseThrow().text())
        .containsExactly("total", "x", "e");
  }

  @Test
  void reportsEachInvalidStatementAndKeepsTheOthers() {
    Script script =
        parse(
            "SELECT a,, b FROM x\nSELECT b INTO y FROM x\nSELECT c INTO z FORM x\nSELECT d FROM x");

    assertThat(script.errors())
        .extracting(error -> error.at().line() + ":" + error.at().column() + " " + error.message())
        .containsExactly(
            "1:10 expected an expression, found ','", "3:17 expected FROM, found 'FORM'");
    assertThat(script.statements()).hasSize(2);
  }

  @Test
  void leavesOutAUnionOfWhichOnePartIsInvalid() {
    Script script = parse("SELECT a INTO x FROM y WHERE UNION SELECT b FROM z");

    assertThat(script.statements()).isEmpty();
    assertThat(script.errors()).hasSize(1);
  }

  @Test
  void rejectsNestingThatWouldExhaustTheStack() {
    Script script = parse("SELECT " + "(".repeat(50_000) + " FROM x");

    assertThat(script.errors())
        .extracting(SyntaxError::message)
        .containsExactly("is nested too deeply");
  }

  @Test
  void saysThatATextIsNotClosed() {
    assertThat(parse("SELECT 'a FROM x").errors().get(0).message())
        .isEqualTo("expected an expression, found a ' that is not closed");
  }

  private static Query.Select select(String text) {
    Script script = parse(text);
    assertThat(script.errors()).isEmpty();
    return (Query.Select) script.statements().get(0).query();
  }

  private static Script parse(String text) {
    return ScriptParser.parse(text);
  }
}
