package dev.outflow.compose;

import dev.outflow.definition.FunctionDefinition.JavaFunction;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.functions.UserDefinedFunction;

/** Checks the class of a function; Flink's own messages assume that its author reads them. */
final class JavaFunctionClass {
  private JavaFunctionClass() {}

  /** Returns what is wrong with the class. */
  static List<String> problems(JavaFunction function) {
    ClassLoader classes = Thread.currentThread().getContextClassLoader();
    Optional<URL> jar = function.jar().map(JavaFunctionClass::url);
    if (jar.isEmpty()) {
      return problems(function, classes);
    }
    try (URLClassLoader withJar = new URLClassLoader(new URL[] {jar.get()}, classes)) {
      return problems(function, withJar);
    } catch (IOException e) {
      return List.of("cannot read %s: %s".formatted(function.jar().get(), e.getMessage()));
    }
  }

  private static List<String> problems(JavaFunction function, ClassLoader classes) {
    String name = function.className();
    try {
      Class<?> type = Class.forName(name, false, classes);
      if (!UserDefinedFunction.class.isAssignableFrom(type)) {
        return List.of(
            "%s is not a function; it must extend ScalarFunction, TableFunction, AggregateFunction, TableAggregateFunction or ProcessTableFunction of Flink"
                .formatted(name));
      }
      if (Modifier.isAbstract(type.getModifiers())) {
        return List.of("%s is abstract; name a class that extends it".formatted(name));
      }
      if (Arrays.stream(type.getConstructors()).noneMatch(made -> made.getParameterCount() == 0)) {
        return List.of("%s has no public constructor without arguments; add one".formatted(name));
      }
      return Modifier.isPublic(type.getModifiers())
          ? List.of()
          : List.of("%s is not public; make the class public".formatted(name));
    } catch (ClassNotFoundException | NoClassDefFoundError e) {
      return List.of(
          function
              .jar()
              .map(jar -> "class %s not found in %s".formatted(name, jar))
              .orElseGet(
                  () ->
                      "class %s not found on the class path; is it in the jar of the job? Set 'jar' if it is in another one"
                          .formatted(name)));
    }
  }

  /** Returns the URL of a jar, which is a path or a URI. */
  private static URL url(String jar) {
    try {
      return jar.matches("[a-z][a-z0-9]+:.*")
          ? URI.create(jar).toURL()
          : Path.of(jar).toUri().toURL();
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read %s: %s".formatted(jar, e.getMessage()), e);
    }
  }
}
