package dev.outflow.transformation;

import static java.util.stream.Collectors.joining;

import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.JobDefinition;
import java.util.List;
import java.util.ServiceLoader;

/** Finds the transformation that a definition asks for. */
public final class TransformationLoader {
  private TransformationLoader() {}

  /**
   * The definition's queries, or the class that it names, or the only one there is.
   *
   * @throws InvalidDefinitionException if there is none or it cannot be made
   */
  public static Transformation load(JobDefinition definition, ClassLoader classes) {
    if (!definition.queries().isEmpty()) {
      return new SqlTransformation(definition.queries(), definition.outputs().keySet());
    }
    return definition
        .transformation()
        .map(name -> named(definition, name, classes))
        .orElseGet(() -> theOnlyOne(definition, classes));
  }

  private static Transformation named(JobDefinition definition, String name, ClassLoader classes) {
    try {
      return Class.forName(name, true, classes)
          .asSubclass(Transformation.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ClassNotFoundException e) {
      throw refuse(
          definition,
          "transformation",
          "there is no class %s on the class path; is it in the jar?".formatted(name));
    } catch (ClassCastException e) {
      throw refuse(
          definition,
          "transformation",
          "%s does not implement %s".formatted(name, Transformation.class.getName()));
    } catch (ReflectiveOperationException e) {
      throw refuse(
          definition,
          "transformation",
          "%s cannot be made: it needs a public constructor without parameters, and that must not fail (%s)"
              .formatted(name, e.getCause() == null ? e : e.getCause()));
    }
  }

  private static Transformation theOnlyOne(JobDefinition definition, ClassLoader classes) {
    List<Transformation> found =
        ServiceLoader.load(Transformation.class, classes).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    String names =
        found.stream().map(each -> each.getClass().getName()).sorted().collect(joining(", "));
    throw refuse(
        definition,
        "",
        found.isEmpty()
            ? "has neither 'queries' nor 'transformation', so there is nothing to do"
            : "needs 'transformation', because there is more than one: " + names);
  }

  private static InvalidDefinitionException refuse(
      JobDefinition definition, String path, String message) {
    return new InvalidDefinitionException(List.of(definition.problem(path, message)));
  }
}
