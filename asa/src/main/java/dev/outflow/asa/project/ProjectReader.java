package dev.outflow.asa.project;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outflow.asa.report.Finding;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads projects of VS Code (asaproj.json) and Visual Studio (.asaproj). */
final class ProjectReader {
  private final Path folder;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, Endpoint> inputs = new LinkedHashMap<>();
  private final List<Endpoint> outputs = new ArrayList<>();
  private final List<AsaFunction> functions = new ArrayList<>();
  private final Map<String, Path> samples = new LinkedHashMap<>();
  private AsaJob.Settings settings = AsaJob.Settings.NONE;

  /** A file of the project and what it is. */
  private record Part(String path, String kind) {}

  private ProjectReader(Path folder) {
    this.folder = folder;
  }

  static AsaJob read(Path file) throws NotAnAsaJobException {
    Path folder = file.toAbsolutePath().getParent();
    return new ProjectReader(folder).read(file, JobReader.text(file));
  }

  private AsaJob read(Path file, String text) throws NotAnAsaJobException {
    boolean json = file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".json");
    String name;
    String script;
    List<Part> parts;
    if (json) {
      JsonNode project = JsonFields.parse(text, file.toString());
      name = JsonFields.text(project, "name").orElse(folder.getFileName().toString());
      script = JsonFields.text(project, "startFile").orElse("");
      parts = new ArrayList<>();
      for (JsonNode part : JsonFields.field(project, "configurations")) {
        parts.add(
            new Part(
                JsonFields.text(part, "filePath").orElse(""),
                JsonFields.text(part, "subType").orElse("")));
      }
    } else {
      Element project = xml(text, file);
      name = file.getFileName().toString().replaceFirst("\\.[^.]+$", "");
      script = attribute(project, "Script").map(Part::path).orElse("");
      parts = parts(project);
    }
    if (script.isBlank()) {
      throw new NotAnAsaJobException(
          "%s  names no script; expected %s"
              .formatted(
                  file,
                  json ? "\"startFile\": \"NAME.asaql\"" : "<Script Include=\"NAME.asaql\"/>"));
    }
    parts.forEach(this::part);
    samples.forEach(
        (alias, sample) ->
            inputs.computeIfPresent(
                alias.toLowerCase(Locale.ROOT), (key, input) -> input.withSample(sample)));
    return new AsaJob(
        JobReader.jobName(name),
        normalized(script),
        JobReader.text(folder.resolve(normalized(script))),
        List.copyOf(inputs.values()),
        outputs,
        functions,
        settings,
        false,
        findings);
  }

  private void part(Part part) {
    String file = normalized(part.path());
    String kind = part.kind().toLowerCase(Locale.ROOT);
    if (!List.of("input", "inputmock", "output", "jobconfig").contains(kind)
        && !kind.contains("function")) {
      return;
    }
    try {
      String text = JobReader.text(folder.resolve(file));
      JsonNode node = JsonFields.parse(text, file);
      switch (kind) {
        case "input" -> {
          Endpoint input = Endpoints.ofProject(node, text, file);
          inputs.put(input.alias().toLowerCase(Locale.ROOT), input);
        }
        case "inputmock" -> mock(node, text, file);
        case "output" -> outputs.add(Endpoints.ofProject(node, text, file));
        case "jobconfig" -> settings = SettingsReader.of(node, file);
        default ->
            new FunctionReader(file, text, findings::add)
                .ofProject(node, kind, script(node, file))
                .ifPresent(functions::add);
      }
    } catch (NotAnAsaJobException | IOException e) {
      findings.add(
          new Finding(
              Finding.Kind.MISSING,
              file,
              0,
              0,
              "the file of the project is left out: " + e.getMessage(),
              Optional.empty()));
    }
  }

  /** A local input: a sample in a file, or in this one; often the only definition of an input. */
  private void mock(JsonNode node, String text, String file) throws IOException {
    Endpoint mock = Endpoints.ofProject(node, text, file);
    String alias = JsonFields.text(node, "InputAlias").orElse(mock.alias());
    inputs.putIfAbsent(alias.toLowerCase(Locale.ROOT), mock);
    Optional<String> path = JsonFields.text(node, "FilePath");
    Path found = path.map(written -> sample(file, normalized(written))).orElse(null);
    if (found != null) {
      samples.put(alias, found);
    } else if (JsonFields.text(node, "Sample").isPresent()) {
      Path sample = Files.createTempFile("outflow-sample", ".json");
      Files.writeString(sample, JsonFields.text(node, "Sample").get());
      sample.toFile().deleteOnExit();
      samples.put(alias, sample);
    } else {
      path.ifPresent(
          written ->
              findings.add(
                  new Finding(
                      Finding.Kind.DECIDE,
                      file,
                      JsonFields.line(text, "FilePath"),
                      0,
                      "the sample %s is not in the project; give one with --sample %s=FILE"
                          .formatted(written, alias),
                      Optional.empty())));
    }
  }

  /** Returns the script of a function: the file that it names, or the one of its own name. */
  private Optional<String> script(JsonNode node, String file) throws NotAnAsaJobException {
    String own = file.replaceFirst("(?i)(\\.js)?\\.json$", ".js");
    for (String key : List.of("ScriptFile", "ScriptPath", "FilePath")) {
      Optional<String> written = JsonFields.text(node, key);
      if (written.isPresent()) {
        own = normalized(written.get());
      }
    }
    Path script = sample(file, own);
    Path sibling = sample(file, own.replaceFirst(".*/", ""));
    Path found = script != null ? script : sibling;
    return found == null ? Optional.empty() : Optional.of(JobReader.text(found));
  }

  /** Samples are relative to the file that names them, or to the project. */
  private Path sample(String file, String written) {
    for (Path base : List.of(folder.resolve(file).getParent(), folder)) {
      Path sample = base.resolve(written);
      if (Files.isRegularFile(sample)) {
        return sample;
      }
    }
    return null;
  }

  private static String normalized(String path) {
    return path.replace('\\', '/').replaceFirst("^\\./", "");
  }

  private static Element xml(String text, Path file) throws NotAnAsaJobException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      return factory
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(text)))
          .getDocumentElement();
    } catch (SAXException | IOException | ParserConfigurationException e) {
      throw new NotAnAsaJobException("%s  is not valid XML: %s".formatted(file, e.getMessage()));
    }
  }

  private static Optional<Part> attribute(Element project, String tag) {
    NodeList nodes = project.getElementsByTagName(tag);
    return nodes.getLength() == 0
        ? Optional.empty()
        : Optional.of(new Part(((Element) nodes.item(0)).getAttribute("Include"), ""));
  }

  private static List<Part> parts(Element project) {
    List<Part> parts = new ArrayList<>();
    NodeList nodes = project.getElementsByTagName("Configure");
    for (int i = 0; i < nodes.getLength(); i++) {
      Element part = (Element) nodes.item(i);
      NodeList kinds = part.getElementsByTagName("SubType");
      if (kinds.getLength() > 0) {
        parts.add(new Part(part.getAttribute("Include"), kinds.item(0).getTextContent().strip()));
      }
    }
    return parts;
  }
}
