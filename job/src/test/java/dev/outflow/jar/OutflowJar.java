package dev.outflow.jar;

import static java.util.stream.Collectors.toCollection;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * The actual content of the jar that users submit, independent of poms and plugins.
 *
 * @param files all entries
 * @param classes all classes except those for other versions of Java
 */
record OutflowJar(SortedSet<String> files, SortedSet<String> classes) {
  /** {@code outflow}, or {@code outflow-legacy} in that module. */
  static final String NAME = System.getProperty("outflow.jar.name", "outflow");

  private static final Path FILE = Path.of("target/%s.jar".formatted(NAME));
  private static final Pattern RELOCATION =
      Pattern.compile("<pattern>(.*?)</pattern>\\s*<shadedPattern>(.*?)</shadedPattern>");

  static OutflowJar read() throws IOException {
    SortedSet<String> files = entries(FILE);
    return new OutflowJar(files, classes(files));
  }

  static String text(String file) throws IOException {
    try (JarFile jar = new JarFile(FILE.toFile())) {
      return new String(
          jar.getInputStream(jar.getEntry(file)).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Returns the libraries on this class path whose classes are all in the jar. */
  SortedMap<Library, SortedSet<String>> libraries() throws IOException {
    Map<String, String> moves = relocations();
    SortedMap<Library, SortedSet<String>> libraries = new TreeMap<>();
    for (String entry : List.of(System.getProperty("java.class.path").split(File.pathSeparator))) {
      Path jar = Path.of(entry);
      if (Files.isRegularFile(jar)) {
        SortedSet<String> own =
            classes(entries(jar)).stream()
                .map(name -> moved(name, moves))
                .collect(toCollection(TreeSet::new));
        if (!own.isEmpty() && classes.containsAll(own)) {
          libraries.put(library(jar), own);
        }
      }
    }
    return libraries;
  }

  /** Derives the coordinates from the path in the Maven repository or in the build. */
  private static Library library(Path jar) {
    Path repository = Path.of(System.getProperty("user.repository"));
    if (!jar.startsWith(repository)) {
      Matcher built = Pattern.compile("(outflow-[a-z]+)-(.*)\\.jar").matcher(name(jar));
      if (!built.matches()) {
        throw new IllegalStateException("neither from the repository nor from this build: " + jar);
      }
      return new Library(Library.OURS, built.group(1), built.group(2));
    }
    Path version = jar.getParent();
    Path artifact = version.getParent();
    String group = repository.relativize(artifact.getParent()).toString();
    return new Library(group.replace(File.separatorChar, '.'), name(artifact), name(version));
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private static Map<String, String> relocations() throws IOException {
    Map<String, String> moves = new LinkedHashMap<>();
    Matcher relocation = RELOCATION.matcher(Files.readString(Path.of("../pom.xml")));
    while (relocation.find()) {
      moves.put(path(relocation.group(1)), path(relocation.group(2)));
    }
    return moves;
  }

  private static String path(String packageName) {
    return packageName.replace('.', '/') + "/";
  }

  private static String moved(String name, Map<String, String> moves) {
    return moves.entrySet().stream()
        .filter(move -> name.startsWith(move.getKey()))
        .findFirst()
        .map(move -> move.getValue() + name.substring(move.getKey().length()))
        .orElse(name);
  }

  private static SortedSet<String> classes(SortedSet<String> files) {
    return files.stream()
        .filter(name -> name.endsWith(".class"))
        .filter(name -> !name.startsWith("META-INF/") && !name.equals("module-info.class"))
        .collect(toCollection(TreeSet::new));
  }

  private static SortedSet<String> entries(Path jar) throws IOException {
    try (JarFile opened = new JarFile(jar.toFile());
        Stream<String> names = opened.stream().map(ZipEntry::getName)) {
      return names.filter(name -> !name.endsWith("/")).collect(toCollection(TreeSet::new));
    }
  }
}
