package dev.outflow.embedded;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Emulates Azure Key Vault's REST API for reading secrets, over HTTPS on this machine.
 *
 * <p>Accepts the tokens of {@link FakeManagedIdentity}. As in Azure, secrets are returned outside
 * their validity, too. As emulators do, it supports no versions of the API after 7.4.
 */
public final class FakeKeyVault implements AutoCloseable {
  private static final Set<String> API_VERSIONS = Set.of("7.0", "7.1", "7.2", "7.3", "7.4");
  private static final Pattern SECRET = Pattern.compile("/secrets/([^/]+)(?:/([^/]+))?/?");

  private final TestAuthority authority = TestAuthority.create("Fake Key Vault");
  private final Map<String, List<KeyVaultResponse.Version>> secrets =
      new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER);
  private final ConcurrentMap<String, AtomicInteger> requests = new ConcurrentHashMap<>();
  private final AtomicInteger toThrottle = new AtomicInteger();
  private final AtomicInteger toFail = new AtomicInteger();
  private final LoopbackServer server;
  private volatile boolean denied;
  private volatile boolean withoutVault;
  private volatile CountDownLatch hanging = new CountDownLatch(0);

  private FakeKeyVault() {
    server = LoopbackServer.https(authority.server("localhost", "127.0.0.1"), this::answer);
  }

  /** Starts an empty vault with its own CA. */
  public static FakeKeyVault start() {
    return new FakeKeyVault();
  }

  /** {@code https://localhost:port}. */
  public String url() {
    return "https://localhost:" + server.port();
  }

  /** Returns the CA of this vault's certificate. */
  public TestAuthority authority() {
    return authority;
  }

  /** Makes HTTPS clients that this JVM creates from now on trust this vault. */
  public FakeKeyVault trustedHere() {
    JvmTrust.add(authority);
    return this;
  }

  /** Adds a version of a secret, enabled and without expiry. */
  public FakeKeyVault put(String name, String value) {
    return putValidBetween(name, value, null, null);
  }

  /** Adds an enabled version of a secret; {@code notBefore} and {@code expires} can be null. */
  public FakeKeyVault putValidBetween(
      String name, String value, Instant notBefore, Instant expires) {
    String id = "secrets/%s/%s".formatted(name, UUID.randomUUID().toString().replace("-", ""));
    KeyVaultResponse.Version version =
        new KeyVaultResponse.Version(id, value, true, Instant.now(), notBefore, expires);
    secrets.merge(
        name,
        List.of(version),
        (before, added) -> {
          List<KeyVaultResponse.Version> all = new ArrayList<>(before);
          all.addAll(added);
          return List.copyOf(all);
        });
    return this;
  }

  /** Disables all versions: 403, SecretDisabled. */
  public FakeKeyVault disable(String name) {
    secrets.computeIfPresent(
        name, (same, all) -> all.stream().map(KeyVaultResponse.Version::disabled).toList());
    return this;
  }

  /** Removes a secret: 404, SecretNotFound. */
  public FakeKeyVault remove(String name) {
    secrets.remove(name);
    return this;
  }

  /** Denies access to all secrets: 403, ForbiddenByRbac. */
  public FakeKeyVault denyAll() {
    denied = true;
    return this;
  }

  /** Reverts {@link #denyAll}. */
  public FakeKeyVault allowAll() {
    denied = false;
    return this;
  }

  /** Responds 404 to every request, as a server that is not a Key Vault does. */
  public FakeKeyVault withoutVault() {
    withoutVault = true;
    return this;
  }

  /** Throttles the next {@code times} authorized requests: 429, Retry-After 1 s. */
  public FakeKeyVault throttle(int times) {
    toThrottle.set(times);
    return this;
  }

  /** Fails the next {@code times} authorized requests: 503. */
  public FakeKeyVault unavailable(int times) {
    toFail.set(times);
    return this;
  }

  /** Accepts requests without responding, until {@link #answer()}. */
  public FakeKeyVault hang() {
    hanging = new CountDownLatch(1);
    return this;
  }

  /** Reverts {@link #hang} and {@link #withoutVault} and responds to pending requests. */
  public FakeKeyVault answer() {
    withoutVault = false;
    hanging.countDown();
    return this;
  }

  /** Returns the number of authorized requests for a secret, whatever the response. */
  public int requests(String name) {
    AtomicInteger count = requests.get(name);
    return count == null ? 0 : count.get();
  }

  @Override
  public void close() {
    answer();
    server.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    KeyVaultResponse response = respondTo(exchange);
    response.headers().forEach(exchange.getResponseHeaders()::set);
    LoopbackServer.answerJson(exchange, response.status(), response.body().toString());
  }

  private KeyVaultResponse respondTo(HttpExchange exchange) throws IOException {
    Matcher secret = SECRET.matcher(exchange.getRequestURI().getPath());
    String token = exchange.getRequestHeaders().getFirst("Authorization");
    boolean authorized = token != null && token.startsWith("Bearer " + FakeManagedIdentity.TOKEN);
    if (authorized && secret.matches()) {
      requests.computeIfAbsent(secret.group(1), name -> new AtomicInteger()).incrementAndGet();
    }
    try {
      hanging.await();
    } catch (InterruptedException e) {
      throw new IOException("closed", e);
    }
    if (withoutVault) {
      return KeyVaultResponse.withoutVault();
    }
    if (!authorized) {
      return KeyVaultResponse.unauthorized(
          token == null
              ? "AKV10000: Request is missing a Bearer or PoP token."
              : "AKV10032: Invalid issuer.");
    }
    if (takeOne(toFail)) {
      return KeyVaultResponse.unavailable();
    }
    if (takeOne(toThrottle)) {
      return KeyVaultResponse.throttled();
    }
    if (!exchange.getRequestMethod().equals("GET") || !secret.matches()) {
      return KeyVaultResponse.badRequest("Only reading of secrets is supported here.");
    }
    String version = LoopbackServer.query(exchange).get("api-version");
    if (!API_VERSIONS.contains(String.valueOf(version))) {
      return KeyVaultResponse.badRequest(
          version == null
              ? "api-version must be specified"
              : "The specified version (%s) is not recognized".formatted(version));
    }
    return denied
        ? KeyVaultResponse.denied(secret.group(1))
        : secret(secret.group(1), secret.group(2));
  }

  /** Responds with the newest version if {@code version} is null. */
  private KeyVaultResponse secret(String name, String version) {
    List<KeyVaultResponse.Version> all = secrets.getOrDefault(name, List.of());
    return all.stream()
        .filter(candidate -> version == null || candidate.id().endsWith("/" + version))
        .reduce((older, newer) -> newer)
        .map(
            newest ->
                newest.enabled()
                    ? KeyVaultResponse.secret(url(), newest)
                    : KeyVaultResponse.disabled())
        .orElseGet(() -> KeyVaultResponse.notFound(version == null ? name : name + "/" + version));
  }

  private static boolean takeOne(AtomicInteger left) {
    return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }
}
