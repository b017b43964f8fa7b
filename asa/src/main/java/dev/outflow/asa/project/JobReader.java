package dev.outflow.asa.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a job from whatever a path names. */
public final class JobReader {
  private static final String EXPECTED =
      "expected a folder with asaproj.json or a .asaproj, an ARM template, a REST definition or a"
          + " .asaql file";

  private JobReader() {}

  /**
   * Reads a job.
   *
   * @param path a project folder, asaproj.json, .asaproj, template, REST definition or script
   * @param parameters the parameters file of a template
   * @throws NotAnAsaJobException if it is none of them, or a file of it cannot be read
   */
  public static AsaJob read(Path path, Optional<Path> parameters) throws NotAnAsaJobException {
    if (!Files.exists(path)) {
      throw new NotAnAsaJobException("%s  not found; %s".formatted(path, EXPECTED));
    }
    Path file = Files.isDirectory(path) ? project(path) : path;
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.equals("asaproj.json") || name.endsWith(".asaproj")) {
      return ProjectReader.read(file);
    }
    if (name.endsWith(".asaql") || name.endsWith(".sql") || name.endsWith(".txt")) {
      return script(file);
    }
    if (name.endsWith(".json")) {
      return TemplateReader.read(file, parameters);
    }
    throw new NotAnAsaJobException("%s  is not an ASA job; %s".formatted(path, EXPECTED));
  }

  private static Path project(Path folder) throws NotAnAsaJobException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(
              entry -> {
                String name = entry.getFileName().toString().toLowerCase(Locale.ROOT);
                return name.equals("asaproj.json") || name.endsWith(".asaproj");
              })
          .min(Comparator.comparing(entry -> !entry.toString().endsWith(".json")))
          .orElseThrow(
              () ->
                  new NotAnAsaJobException(
                      "%s  contains no asaproj.json and no .asaproj; %s"
                          .formatted(folder, EXPECTED)));
    } catch (IOException e) {
      throw new NotAnAsaJobException("%s  cannot be read: %s".formatted(folder, e.getMessage()));
    }
  }

  private static AsaJob script(Path file) throws NotAnAsaJobException {
    String name = file.getFileName().toString();
    String script = text(file);
    return new AsaJob(
        jobName(name.replaceFirst("\\.[^.]+$", "")),
        name,
        script,
        List.of(),
        List.of(),
        ScriptFunctions.of(file, script),
        AsaJob.Settings.NONE,
        true,
        List.of());
  }

  static String jobName(String written) {
    String name = written.strip().replaceAll("[^A-Za-z0-9._-]+", "-");
    return name.isEmpty() ? "job" : name;
  }

  static String text(Path file) throws NotAnAsaJobException {
    try {
      return JsonFields.text(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new NotAnAsaJobException(
          Files.exists(file)
              ? "%s  cannot be read: %s".formatted(file, e.getMessage())
              : "%s  not found".formatted(file));
    }
  }
}
