package dev.outflow.transformation;

import static java.util.stream.Collectors.joining;

import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.JobDefinition;
import java.util.List;
import java.util.ServiceLoader;

/** Loads the transformation of a definition. */
public final class TransformationLoader {
  private TransformationLoader() {}

  /**
   * Returns the definition's queries, the class that it names, or the only one on the class path.
   *
   * @throws InvalidDefinitionException if there is none or it cannot be instantiated
   */
  public static Transformation load(JobDefinition definition, ClassLoader classes) {
    if (!definition.queries().isEmpty()) {
      return new SqlTransformation(definition.queries(), definition.outputs().keySet());
    }
    return definition
        .transformation()
        .map(name -> named(definition, name, classes))
        .orElseGet(() -> only(definition, classes));
  }

  private static Transformation named(JobDefinition definition, String name, ClassLoader classes) {
    try {
      return Class.forName(name, true, classes)
          .asSubclass(Transformation.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ClassNotFoundException e) {
      throw problem(
          definition,
          "transformation",
          "class %s not found on the class path; is it in the jar?".formatted(name));
    } catch (ClassCastException e) {
      throw problem(
          definition,
          "transformation",
          "%s does not implement %s".formatted(name, Transformation.class.getName()));
    } catch (ReflectiveOperationException e) {
      throw problem(
          definition,
          "transformation",
          "%s cannot be instantiated; it needs a public no-argument constructor that does not fail (%s)"
              .formatted(name, e.getCause() == null ? e : e.getCause()));
    }
  }

  private static Transformation only(JobDefinition definition, ClassLoader classes) {
    List<Transformation> found =
        ServiceLoader.load(Transformation.class, classes).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    String names =
        found.stream()
            .map(transformation -> transformation.getClass().getName())
            .sorted()
            .collect(joining(", "));
    throw problem(
        definition,
        "",
        found.isEmpty()
            ? "has neither 'queries' nor 'transformation'; add one"
            : "requires 'transformation', because the class path has several: " + names);
  }

  private static InvalidDefinitionException problem(
      JobDefinition definition, String path, String message) {
    return new InvalidDefinitionException(List.of(definition.problem(path, message)));
  }
}
