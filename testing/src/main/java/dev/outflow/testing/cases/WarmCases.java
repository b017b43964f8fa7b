package dev.outflow.testing.cases;

import dev.outflow.definition.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Test cases that are read again and again. Only those are run again that a change affects: because
 * of their own files, or because of what the compared outputs depend on.
 */
public final class WarmCases {
  /** All that the result of a test case depends on. */
  private record Content(JobContent job, Map<Path, ByteBuffer> files) {}

  /**
   * The test cases of one pass.
   *
   * @param affected the test cases to run, because their content differs from that of their last
   *     run
   * @param unaffected the last results of all others
   * @param problems of test cases that cannot run, and of their jobs
   */
  public record Pass(List<JobCase> affected, List<CaseResult> unaffected, List<Problem> problems) {}

  private final List<Path> folders;
  private final JobPlans jobs;
  private final Map<Path, Content> contents = new HashMap<>();
  private final Map<Path, CaseResult> results = new ConcurrentHashMap<>();

  /**
   * @param folders as for {@link CaseReader#read}
   * @param environment the environment of the jobs, instead of those in {@code test.yaml}
   * @param reading receives files, and folders of files, before they are read
   */
  public WarmCases(List<Path> folders, Optional<String> environment, Consumer<Set<Path>> reading) {
    this.folders = List.copyOf(folders);
    this.jobs = new JobPlans(environment, reading);
    reading.accept(Set.copyOf(folders));
  }

  /** Reads all test cases, and plans their jobs where these have changed. */
  public Pass read() {
    jobs.begin();
    // Before the test cases are read: what is saved meanwhile differs from it in the next pass.
    Map<Path, Map<Path, ByteBuffer>> files = new HashMap<>();
    for (Path folder : folders) {
      CaseFolders.under(folder, new ArrayList<>()).forEach(test -> files.put(test, files(test)));
    }
    CaseReader.Found found = CaseReader.find(folders, jobs);
    List<JobCase> affected = new ArrayList<>();
    List<CaseResult> unaffected = new ArrayList<>();
    for (JobCase test : found.valid()) {
      Content content = new Content(jobContent(test), files.getOrDefault(test.folder(), Map.of()));
      if (content.equals(contents.get(test.folder())) && results.containsKey(test.folder())) {
        unaffected.add(results.get(test.folder()));
      } else {
        contents.put(test.folder(), content);
        results.remove(test.folder());
        affected.add(test);
      }
    }
    return new Pass(affected, unaffected, found.problems());
  }

  /** Runs a test case, in any thread, and keeps its result until its content changes. */
  public CaseResult run(JobCase test) {
    CaseResult result = test.run();
    results.put(test.folder(), result);
    return result;
  }

  private JobContent jobContent(JobCase test) {
    CaseSettings settings = CaseSettings.of(test.folder());
    return jobs.content(CaseReader.source(test.folder(), settings, jobs.environment()))
        .of(test.outputs().keySet());
  }

  private static Map<Path, ByteBuffer> files(Path folder) {
    Map<Path, ByteBuffer> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        files.put(file, ByteBuffer.wrap(Files.readAllBytes(file)));
      }
    } catch (IOException | UncheckedIOException e) {
      return Map.of(); // A file has been deleted meanwhile; reading the test case reports it.
    }
    return files;
  }
}
