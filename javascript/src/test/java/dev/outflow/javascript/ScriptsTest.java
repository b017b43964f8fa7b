package dev.outflow.javascript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptsTest {
  private static LoadedScript load(String text) {
    return LoadedScript.load(new Script("f", "functions/f.js", text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "function main(x) { return parseInt(x, 16); }",
        "// Converts.\nfunction hex2Int(x) { return parseInt(x, 16); }",
        "function (x) { return parseInt(x, 16); }",
        "/* Converts. */ function (x) { return parseInt(x, 16); } // done",
        "function main(x) { return parse(x); } function parse(x) { return parseInt(x, 16); }",
        "'use strict';\nconst BASE = 16;\nfunction main(x) { return parseInt(x, BASE); }"
      })
  void callsTheFunctionOfAScript(String text) {
    assertThat(load(text).call("11B")).isEqualTo(283.0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "let s = 0; for (let v of [1, 2]) { s += v; } return s === 3;",
        "return ((x, y = 2) => `${x}${y}`)(1) === '12';",
        "const { a, b: [c] } = { a: 1, b: [2] }; return a + c === 3;",
        "return [...[1, 2], 3].includes(3) && { ...{ a: 1 } }.a === 1;",
        "return new Map([[1, 2]]).get(1) === 2 && new Set([1, 1]).size === 1;",
        "return null?.x === undefined && (null ?? 1) === 1 && 2 ** 3 === 8;",
        "return Object.entries({ a: 1 })[0][1] === 1 && 'a-b'.replaceAll('-', '') === 'ab';",
        "return JSON.parse('{\"a\":[1,null]}').a.length === 2;"
      })
  void runsModernLanguage(String body) {
    assertThat(load("function main() { " + body + " }").call()).isEqualTo(true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "function main(x) {\\n  return x +;\\n} | 2 | 13 | syntax error",
        "function main(x) {\\n  return x | 2 | 10 | missing } after function body",
        "function main(x) { class A {} } | 1 | 25 | identifier is a reserved word: class"
      })
  void reportsSyntaxErrorsWithTheirPlace(String text, int line, int column, String problem) {
    assertThatThrownBy(() -> load(text.replace("\\n", "\n")))
        .isInstanceOfSatisfying(
            ScriptException.class,
            e -> {
              assertThat(e.problem()).isEqualTo(problem);
              assertThat(e.line()).isEqualTo(line);
              assertThat(e.column()).isEqualTo(column);
            });
  }

  @Test
  void reportsScriptsWithoutAFunctionToCall() {
    assertThatThrownBy(() -> load("var x = 1;"))
        .hasMessage(
            "function 'f' (functions/f.js): defines no function; name the one to call main");
    assertThatThrownBy(() -> load("function a() {} function b() {}"))
        .hasMessage(
            "function 'f' (functions/f.js): defines 2 functions; name the one to call main");
  }

  @Test
  void reportsWhereAScriptFails() {
    assertThatThrownBy(() -> load("function main(x) {\n\n  return x.a.b;\n}").call("text"))
        .hasMessageStartingWith("function 'f' (functions/f.js:3): TypeError: Cannot read property");
    assertThatThrownBy(() -> load("function main(x) {\n  throw new Error('too small');\n}").call())
        .hasMessage("function 'f' (functions/f.js:2): Error: too small");
    assertThatThrownBy(() -> load("function main(x) { throw 'bare'; }").call())
        .hasMessage("function 'f' (functions/f.js:1): bare");
  }

  @ParameterizedTest
  @CsvSource({
    "return main;, a function",
    "return Symbol();, a symbol",
    "return /x/;, an object of the kind RegExp",
    "return new Error();, an object of the kind Error",
    "return new Date(NaN);, an invalid Date",
    "var o = {}; o.o = o; return o;, an object nested too deeply"
  })
  void rejectsResultsWithoutATypeInSql(String body, String kind) {
    assertThatThrownBy(() -> load("function main() { " + body + " }").call())
        .hasMessage(
            "function 'f' (functions/f.js): returned %s, which SQL has no type for"
                .formatted(kind));
  }
}
