package dev.outflow.javascript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxTest {
  private static final Duration FAR_MORE_THAN_THE_LIMIT = Duration.ofSeconds(60);

  private static Object call(String body, Object... arguments) {
    return call(CallBudget.standard(), body, arguments);
  }

  private static Object call(CallBudget budget, String body, Object... arguments) {
    Script script = new Script("f", "f.js", "function main(x, y) {\n" + body + "\n}");
    return LoadedScript.load(script, budget).call(arguments);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.lang.System.exit(1)",
        "Packages.java.lang.System.exit(1)",
        "org.mozilla.javascript.Context.enter()",
        "importClass(java.io.File)",
        "new JavaImporter()",
        "new JavaAdapter(java.lang.Runnable, {})",
        "getClass().forName('java.lang.System')",
        "''.getClass().forName('java.lang.System')",
        "(1).getClass().getClassLoader()",
        "this.getClass()",
        "main.getClass()",
        "x.getClass()",
        "y.getClass()",
        "load('/etc/passwd')",
        "readFile('/etc/passwd')",
        "readUrl('http://127.0.0.1/')",
        "require('fs')",
        "new XMLHttpRequest()",
        "fetch('http://127.0.0.1/')",
        "print('x')",
        "quit()",
        "runCommand('id')",
        "spawn(function () {})",
        "sync(function () {})",
        "setTimeout(function () {}, 1)",
        "process.exit(1)"
      })
  void offersNothingOutsideOfTheLanguage(String attempt) {
    assertThatThrownBy(() -> call("return " + attempt + ";", 1.0, "text"))
        .isInstanceOf(ScriptException.class)
        .hasMessageMatching("(?s)function 'f' \\(f\\.js:2\\): (ReferenceError|TypeError): .*");
  }

  @Test
  void doesNotReadFilesThroughCompiledCode(@TempDir Path folder) throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "s3cret");
    assertThatThrownBy(
            () ->
                call(
                    "return new Function('return java.nio.file.Files.readString("
                        + "java.nio.file.Path.of(\"%s\"))')();".formatted(secret)))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("ReferenceError");
  }

  @Test
  void hidesTheJavaExceptionBehindAnError() {
    assertThat(
            call(
                "try { null.x } catch (e) { return typeof e.javaException + typeof e.rhinoException; }"))
        .isEqualTo("undefinedundefined");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "for (;;) {}",
        "while (true) { try { for (;;) {} } catch (e) {} }",
        "try { for (;;) {} } finally { for (;;) {} }",
        "function g() { return g2() } function g2() { for (;;) { h() } } function h() {} g()",
        "[1].forEach(function () { for (;;) {} })",
        "for (;;) { Math.sqrt(2) }",
        "eval('for (;;) {}')"
      })
  void endsEndlessLoops(String endless) {
    assertTimeoutPreemptively(
        FAR_MORE_THAN_THE_LIMIT,
        () ->
            assertThatThrownBy(() -> call(new CallBudget(Duration.ofMillis(50), 10_000), endless))
                .isInstanceOf(ScriptException.class)
                .hasMessage(
                    "function 'f' (f.js): takes more than 50 ms of CPU time in a call; check for an infinite loop"));
  }

  @Test
  void endsRegularExpressionsThatBacktrackForEver() {
    assertTimeoutPreemptively(
        FAR_MORE_THAN_THE_LIMIT,
        () ->
            assertThatThrownBy(
                    () ->
                        call(
                            new CallBudget(Duration.ofMillis(50), 10_000),
                            "return /^(a+)+$/.test('a'.repeat(40) + 'b');"))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("takes more than 50 ms of CPU time"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "var all = []; for (;;) { all.push([1, 2, 3]) }",
        "return new ArrayBuffer(2147483646).byteLength",
        "return 'x'.repeat(1e9)",
        "return 'x'.padStart(1e9)",
        "return 'x'.padEnd(1e9, 'yz')"
      })
  void endsCallsThatNeedTooMuchMemory(String greedy) {
    assertTimeoutPreemptively(
        FAR_MORE_THAN_THE_LIMIT,
        () ->
            assertThatThrownBy(() -> call(new CallBudget(Duration.ofMinutes(1), 64), greedy))
                .isInstanceOf(ScriptException.class)
                .hasMessageMatching(
                    "(?s).*(allocates more than 64 MB in a call|exceeds 16777216 characters|runs out of memory).*"));
  }

  @Test
  void reportsEndlessRecursion() {
    assertThatThrownBy(() -> call("return main(x);", 1.0))
        .isInstanceOf(ScriptException.class)
        .hasMessage("function 'f' (f.js): recurses too deeply");
  }

  @Test
  void startsEachCallWithANewBudget() {
    LoadedScript script =
        LoadedScript.load(
            new Script(
                "f", "f.js", "function main(n) { for (var i = 0; i < n; i++) {} return i; }"),
            new CallBudget(Duration.ofMinutes(1), 8));
    for (int call = 0; call < 30; call++) {
      assertThat(script.call(100_000.0)).isEqualTo(100_000.0);
    }
  }

  @Test
  void keepsScriptsApart() {
    call("Math.sqrt = function () { return 42; }; String.prototype.trim = null; shared = 1;");
    assertThat(call("return Math.sqrt(4) + ' x '.trim() + typeof shared;"))
        .isEqualTo("2xundefined");
  }

  @Test
  void hasTheTimeZoneUtc() {
    assertThat(call("return new Date(2026, 0, 2, 3).toISOString() + new Date(0).getHours();"))
        .isEqualTo("2026-01-02T03:00:00.000Z0");
  }
}
