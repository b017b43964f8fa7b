package dev.outflow.local;

import dev.outflow.asa.JobImport;
import dev.outflow.asa.SampleSources;
import dev.outflow.asa.Survey;
import dev.outflow.asa.project.NotAnAsaJobException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./outflow import}: imports a job from Azure Stream Analytics. */
@Command(
    name = "import",
    description = {
      "Import a job from Azure Stream Analytics.",
      "Writes job.yaml, queries, test cases and import.md, which lists what to decide, what differs"
          + " and what is missing. Files are never overwritten; secrets are never copied."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing is missing",
      "1:something is missing",
      "2:invalid command line, or not a job of Azure Stream Analytics"
    })
final class ImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "PATH",
      description =
          "A project folder, asaproj.json, .asaproj, ARM template, REST definition or .asaql file.")
  private Path path;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "Where to write the job. Default: a new folder with the name of the job.")
  private Path to;

  @Option(
      names = "--sample",
      paramLabel = "ALIAS=FILE",
      description = {
        "Sample records of an input, JSON or CSV: its columns and a test case. Repeatable.",
        "ALIAS=kafka reads the latest 100 records of the input's topic, with JSON, through the"
            + " connection of the imported job: set its environment variables first. Takes about"
            + " 15 s at most."
      })
  private Map<String, Path> samples = new LinkedHashMap<>();

  @Option(
      names = "--parameters",
      paramLabel = "FILE",
      description = "The parameters file of an ARM template.")
  private Path parameters;

  @Option(names = JobArguments.JSON, description = "Print the report as JSON.")
  private boolean json;

  @Option(
      names = "--survey",
      hidden = true,
      description = "Import every query in the folder PATH, and only print counts.")
  private boolean survey;

  @Override
  public Integer call() throws IOException {
    if (survey) {
      Survey.print(path, spec.commandLine().getOut()::println);
      return ExitCode.OK;
    }
    if (to != null) {
      refuseToOverwrite(Set.of("job.yaml", "import.md"), to);
    }
    JobImport job;
    try {
      job =
          JobImport.of(
              path, SampleSources.of(samples, progress()), Optional.ofNullable(parameters));
    } catch (NotAnAsaJobException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
    Path folder = to == null ? Path.of(job.name()) : to;
    refuseToOverwrite(job.files().keySet(), folder);
    write(job.files(), folder);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(job.report().json());
    } else {
      job.files().keySet().forEach(file -> out.println("written  " + folder.resolve(file)));
      out.println();
      job.report().lines().forEach(out::println);
    }
    out.flush();
    return job.report().isComplete() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private Consumer<String> progress() {
    PrintWriter err = spec.commandLine().getErr();
    return line -> {
      err.println(line);
      err.flush();
    };
  }

  private void refuseToOverwrite(Set<String> files, Path folder) {
    for (String file : files) {
      if (Files.exists(folder.resolve(file))) {
        throw new ParameterException(
            spec.commandLine(),
            "%s already exists; choose another folder with --to".formatted(folder.resolve(file)));
      }
    }
  }

  private static void write(Map<String, String> files, Path folder) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path target = folder.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.writeString(target, file.getValue());
    }
  }
}
