package dev.outflow.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outflow.kafka.option.InvalidOptionsException;
import dev.outflow.kafka.option.PlanTimeReferences;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** Whether the schema registry that a format writes to or reads from lets this client in. */
record RegistrySteps(Steps steps, Map<String, String> options) {
  private static final Duration WAIT = Duration.ofSeconds(12);
  private static final Duration HTTP = Duration.ofSeconds(10);
  private static final String URL = ".url";
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  /** Asks each registry that the options name; none if they name none. */
  void run() {
    new TreeMap<>(options)
        .keySet()
        .forEach(
            key -> {
              if (key.endsWith("avro-confluent" + URL)) {
                String format = key.substring(0, key.length() - URL.length());
                steps.ask("registry", WAIT, () -> known().subjects(format, key));
              }
            });
  }

  /** With what references lead to, as the format itself has it. */
  private RegistrySteps known() {
    return new RegistrySteps(steps, PlanTimeReferences.read(options));
  }

  private Answer<Boolean> subjects(String format, String key) throws InterruptedException {
    String url = options.get(key);
    int status;
    try {
      status = get(URI.create(url.replaceAll("/+$", "") + "/subjects"), format);
    } catch (IllegalArgumentException e) {
      throw InvalidOptionsException.of(key, "is no URL; write for example https://registry:8081");
    } catch (IOException e) {
      throw InvalidOptionsException.of(
          key,
          "no schema registry answers at %s (%s); is it running, and reachable from here?"
              .formatted(shown(url), e.getClass().getSimpleName()));
    }
    if (status == UNAUTHORIZED || status == FORBIDDEN) {
      throw InvalidOptionsException.of(
          format + ".basic-auth.user-info",
          "%s refuses it (HTTP %d); correct it, or the rights of that user"
              .formatted(shown(url), status));
    }
    if (status != OK) {
      throw InvalidOptionsException.of(
          key,
          "%s answers HTTP %d to /subjects; is it a schema registry?"
              .formatted(shown(url), status));
    }
    return Answer.ok(true, shown(url) + " answered");
  }

  /** Without a user and a password in it. */
  private static String shown(String url) {
    return url.replaceFirst("//[^/@]*@", "//");
  }

  private int get(URI subjects, String format) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(subjects).timeout(HTTP).GET();
    String user = options.getOrDefault(format + ".basic-auth.user-info", subjects.getUserInfo());
    String token = options.get(format + ".bearer-auth.token");
    if (user != null) {
      String encoded = Base64.getEncoder().encodeToString(user.getBytes(UTF_8));
      request.header("Authorization", "Basic " + encoded);
    } else if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return HttpClient.newBuilder()
        .connectTimeout(HTTP)
        .build()
        .send(request.build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
