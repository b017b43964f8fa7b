package dev.outflow.embedded;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The token endpoint of a managed identity as App Service has it, for Azure's own client to call.
 *
 * <p>That client finds it through the environment variables IDENTITY_ENDPOINT and IDENTITY_HEADER
 * only, and keeps a token for the whole JVM, per resource and identity: a test that must see a
 * request here asks for an identity of its own.
 */
public final class FakeManagedIdentity implements AutoCloseable {
  /** Prefix of the tokens that a {@link FakeKeyVault} accepts. */
  static final String TOKEN = "fake-token-";

  private static final String KEY_VAULT = "https://vault.azure.net";
  private static final String ENDPOINT = "IDENTITY_ENDPOINT";
  private static final String HEADER = "IDENTITY_HEADER";
  private static final String TEST_HEADER = "test-identity";
  private static final Duration VALID = Duration.ofHours(24);

  private final LoopbackServer server;
  private final AtomicInteger requests = new AtomicInteger();
  private final Set<String> resources = ConcurrentHashMap.newKeySet();
  private volatile int failure;
  private volatile String otherToken;
  private volatile Map<String, String> last = Map.of();

  private FakeManagedIdentity() {
    this.server = LoopbackServer.http(0, this::answer);
  }

  /** Starts one on a free port of 127.0.0.1 and makes it this JVM's managed identity. */
  public static FakeManagedIdentity start() {
    FakeManagedIdentity identity = new FakeManagedIdentity();
    JvmEnvironment.put(ENDPOINT, "http://127.0.0.1:%d/msi/token".formatted(identity.server.port()));
    JvmEnvironment.put(HEADER, TEST_HEADER);
    return identity;
  }

  /** Returns the resources of all token requests: {@code https://vault.azure.net}. */
  public Set<String> resources() {
    return Set.copyOf(resources);
  }

  /** Returns the client id or resource id of the last request; empty if system-assigned. */
  public Optional<String> lastIdentity() {
    return Optional.ofNullable(last.getOrDefault("client_id", last.get("mi_res_id")));
  }

  /** Returns the number of token requests, whatever the response. */
  public int requests() {
    return requests.get();
  }

  /** Issues this token for resources other than Key Vault, such as an Event Hubs namespace. */
  public FakeManagedIdentity giving(String token) {
    otherToken = token;
    return this;
  }

  /** Responds with 400 from now on: identity not found. */
  public FakeManagedIdentity fail() {
    return fail(400);
  }

  /** Responds with this status until {@link #work}. */
  public FakeManagedIdentity fail(int status) {
    failure = status;
    return this;
  }

  /** Reverts {@link #fail}. */
  public FakeManagedIdentity work() {
    failure = 0;
    return this;
  }

  @Override
  public void close() {
    server.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    Map<String, String> query = LoopbackServer.query(exchange);
    requests.incrementAndGet();
    last = query;
    resources.add(query.getOrDefault("resource", ""));
    if (!TEST_HEADER.equals(exchange.getRequestHeaders().getFirst("X-IDENTITY-HEADER"))) {
      reject(exchange, 401, "The identity header is missing or wrong.");
    } else if (failure != 0) {
      reject(
          exchange,
          failure,
          failure == 400
              ? "No User Assigned or Delegated Managed Identity found for specified"
                  + " ClientId/ResourceId/PrincipalId."
              : "The identity service has a problem.");
    } else if (!query.containsKey("resource") || !"2019-08-01".equals(query.get("api-version"))) {
      reject(exchange, 400, "resource or api-version is missing or wrong.");
    } else {
      ObjectNode token = JsonNodeFactory.instance.objectNode();
      token
          .put("access_token", token(query.get("resource")))
          .put("expires_on", Long.toString(Instant.now().plus(VALID).getEpochSecond()))
          .put("resource", query.get("resource"))
          .put("token_type", "Bearer");
      LoopbackServer.answerJson(exchange, 200, token.toString());
    }
  }

  private String token(String resource) {
    return otherToken == null || resource.equals(KEY_VAULT)
        ? TOKEN + UUID.randomUUID()
        : otherToken;
  }

  private static void reject(HttpExchange exchange, int status, String message) throws IOException {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("statusCode", status).put("message", message);
    LoopbackServer.answerJson(exchange, status, body.toString());
  }
}
