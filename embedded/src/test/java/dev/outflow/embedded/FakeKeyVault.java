package dev.outflow.embedded;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Azure Key Vault's REST protocol for reading secrets, over HTTPS on this machine, for Azure's own
 * client to call.
 *
 * <p>It takes the tokens of {@link FakeManagedIdentity}. As in Azure, a secret is read whether or
 * not it is within its validity.
 */
public final class FakeKeyVault implements AutoCloseable {
  private static final Pattern SECRET = Pattern.compile("/secrets/([^/]+)(?:/([^/]+))?/?");

  private final TestAuthority authority = TestAuthority.create("Fake Key Vault");
  private final Map<String, List<VaultAnswer.Version>> secrets =
      new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER);
  private final ConcurrentMap<String, AtomicInteger> requests = new ConcurrentHashMap<>();
  private final AtomicInteger toThrottle = new AtomicInteger();
  private final AtomicInteger toFail = new AtomicInteger();
  private final LoopbackServer server;
  private volatile boolean denied;
  private volatile CountDownLatch silence = new CountDownLatch(0);

  private FakeKeyVault() {
    server = LoopbackServer.https(authority.server("localhost", "127.0.0.1"), this::answer);
  }

  /** An empty vault with an authority of its own. */
  public static FakeKeyVault start() {
    return new FakeKeyVault();
  }

  /** {@code https://localhost:port}. */
  public String url() {
    return "https://localhost:" + server.port();
  }

  /** That signed this vault's certificate. */
  public TestAuthority authority() {
    return authority;
  }

  /** Makes HTTPS clients of this JVM that are built from now on trust this vault. */
  public FakeKeyVault trustedHere() {
    JvmTrust.add(authority);
    return this;
  }

  /** A new version of a secret, enabled, with no limits of time. */
  public FakeKeyVault put(String name, String value) {
    return putValidBetween(name, value, null, null);
  }

  /** A new version of a secret, enabled; either limit may be null. */
  public FakeKeyVault putValidBetween(
      String name, String value, Instant notBefore, Instant expires) {
    String id = "secrets/%s/%s".formatted(name, UUID.randomUUID().toString().replace("-", ""));
    VaultAnswer.Version version =
        new VaultAnswer.Version(id, value, true, Instant.now(), notBefore, expires);
    secrets.merge(
        name,
        List.of(version),
        (before, added) -> {
          List<VaultAnswer.Version> all = new ArrayList<>(before);
          all.addAll(added);
          return List.copyOf(all);
        });
    return this;
  }

  /** All versions so far answer 403, SecretDisabled. */
  public FakeKeyVault disable(String name) {
    secrets.computeIfPresent(
        name, (same, all) -> all.stream().map(VaultAnswer.Version::disabled).toList());
    return this;
  }

  /** From now on 404, SecretNotFound. */
  public FakeKeyVault remove(String name) {
    secrets.remove(name);
    return this;
  }

  /** From now on 403, ForbiddenByRbac, for every secret. */
  public FakeKeyVault denyAll() {
    denied = true;
    return this;
  }

  /** Ends {@link #denyAll}. */
  public FakeKeyVault allowAll() {
    denied = false;
    return this;
  }

  /** The next {@code times} authorised requests: 429, come back after 1 s. */
  public FakeKeyVault throttle(int times) {
    toThrottle.set(times);
    return this;
  }

  /** The next {@code times} authorised requests: 503. */
  public FakeKeyVault unavailable(int times) {
    toFail.set(times);
    return this;
  }

  /** From now on requests are taken but not answered, until {@link #answer()}. */
  public FakeKeyVault hang() {
    silence = new CountDownLatch(1);
    return this;
  }

  /** Ends {@link #hang}; what waits is answered now. */
  public FakeKeyVault answer() {
    silence.countDown();
    return this;
  }

  /** How often this secret was asked for with a good token, whatever the answer was. */
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
    VaultAnswer answer = answerTo(exchange);
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    LoopbackServer.answerJson(exchange, answer.status(), answer.body().toString());
  }

  private VaultAnswer answerTo(HttpExchange exchange) throws IOException {
    Matcher secret = SECRET.matcher(exchange.getRequestURI().getPath());
    String token = exchange.getRequestHeaders().getFirst("Authorization");
    boolean authorised = token != null && token.startsWith("Bearer " + FakeManagedIdentity.TOKEN);
    if (authorised && secret.matches()) {
      requests.computeIfAbsent(secret.group(1), name -> new AtomicInteger()).incrementAndGet();
    }
    try {
      silence.await();
    } catch (InterruptedException e) {
      throw new IOException("closed", e);
    }
    if (!authorised) {
      return VaultAnswer.unauthorized(
          token == null
              ? "AKV10000: Request is missing a Bearer or PoP token."
              : "AKV10032: Invalid issuer.");
    }
    if (takeOne(toFail)) {
      return VaultAnswer.unavailable();
    }
    if (takeOne(toThrottle)) {
      return VaultAnswer.throttled();
    }
    if (!exchange.getRequestMethod().equals("GET") || !secret.matches()) {
      return VaultAnswer.badRequest("Only reading of secrets is supported here.");
    }
    if (!LoopbackServer.query(exchange).containsKey("api-version")) {
      return VaultAnswer.badRequest("api-version must be specified");
    }
    return denied ? VaultAnswer.denied(secret.group(1)) : secret(secret.group(1), secret.group(2));
  }

  /** The newest version if {@code version} is null. */
  private VaultAnswer secret(String name, String version) {
    List<VaultAnswer.Version> all = secrets.getOrDefault(name, List.of());
    return all.stream()
        .filter(each -> version == null || each.id().endsWith("/" + version))
        .reduce((older, newer) -> newer)
        .map(each -> each.enabled() ? VaultAnswer.secret(url(), each) : VaultAnswer.disabled())
        .orElseGet(() -> VaultAnswer.notFound(version == null ? name : name + "/" + version));
  }

  private static boolean takeOne(AtomicInteger left) {
    return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }
}
