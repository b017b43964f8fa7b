package dev.outflow.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.scram.ScramLoginModule;

/**
 * A broker in this JVM that has each secured listener besides its open one, and can start anew on
 * the same ports with other certificates. Everyone who gets in may do everything that no ACL is
 * about; who comes by the open listener may do all.
 */
public final class SecureKafka implements AutoCloseable {
  /** Of PLAIN and of both SCRAM mechanisms. */
  public static final String USER = "alice";

  public static final String PASSWORD = "wonder-7Hq!x=9_land";

  private static final Duration IN_FORCE = Duration.ofSeconds(10);
  private static final int SCRAM_ITERATIONS = 4096;
  private static final List<ScramMechanism> SCRAM =
      List.of(ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512);

  private final FakeTokenIssuer tokens;
  private final SecureListeners listeners;
  private final EmbeddedKafka broker;

  private SecureKafka(
      FakeTokenIssuer tokens, SecureListeners listeners, UnaryOperator<Map<String, String>> with) {
    this.tokens = tokens;
    this.listeners = listeners;
    this.broker = EmbeddedKafka.start(EmbeddedKafka.freePort(), with);
  }

  /**
   * Starts a broker, ready when this returns.
   *
   * @param server its certificate, for {@code localhost}
   * @param clients who may sign the certificates of clients
   */
  public static SecureKafka start(TestCertificate server, TestAuthority clients) {
    FakeTokenIssuer tokens = FakeTokenIssuer.start();
    SecureListeners listeners = SecureListeners.onFreePorts();
    SecureKafka kafka =
        new SecureKafka(tokens, listeners, listeners.securing(server, clients, tokens));
    try {
      kafka.changeScramPassword(USER, PASSWORD);
      return kafka;
    } catch (IllegalStateException e) {
      kafka.close();
      throw e;
    }
  }

  /** The broker by its open listener, for the test's own clients. */
  public EmbeddedKafka broker() {
    return broker;
  }

  /** SASL_PLAINTEXT with PLAIN, SCRAM-SHA-256 and SCRAM-SHA-512: {@code localhost:port}. */
  public String saslPlaintext() {
    return "localhost:" + listeners.saslPlaintext();
  }

  /** SASL_SSL with PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 and OAUTHBEARER: {@code localhost:port}. */
  public String saslSsl() {
    return "localhost:" + listeners.saslSsl();
  }

  /** SSL for clients with a certificate: {@code localhost:port}. */
  public String mtls() {
    return "localhost:" + listeners.mtls();
  }

  /** Who gives out the tokens of OAUTHBEARER. */
  public FakeTokenIssuer tokens() {
    return tokens;
  }

  /** For both mechanisms; in force when this returns, for connections made from then on. */
  public void changeScramPassword(String user, String password) {
    changeScramPassword(user, password, saslPlaintext());
  }

  private void changeScramPassword(String user, String password, String logIn) {
    try (Admin admin = broker.admin()) {
      // One by one: Kafka refuses two changes of one user in one request.
      for (ScramMechanism mechanism : SCRAM) {
        ScramCredentialInfo info = new ScramCredentialInfo(mechanism, SCRAM_ITERATIONS);
        admin
            .alterUserScramCredentials(
                List.of(new UserScramCredentialUpsertion(user, info, password)))
            .all()
            .get();
        awaitLogin(mechanism, user, password, logIn);
      }
    } catch (Exception e) {
      throw new IllegalStateException("could not change the password of " + user, e);
    }
  }

  /**
   * Allows this to {@link #USER} and so nothing else to anybody; in force a little after this
   * returns.
   */
  public void allow(ResourceType type, String name, AclOperation operation) throws Exception {
    allow(type, name, operation, USER);
  }

  /** The same for another user. A name of a transactional id is its beginning. */
  public void allow(ResourceType type, String name, AclOperation operation, String user)
      throws Exception {
    PatternType pattern =
        type == ResourceType.TRANSACTIONAL_ID ? PatternType.PREFIXED : PatternType.LITERAL;
    AclBinding binding =
        new AclBinding(
            new ResourcePattern(type, name, pattern),
            new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
    try (Admin admin = broker.admin()) {
      admin.createAcls(List.of(binding)).all().get();
    }
  }

  /** Takes back all that was allowed: everybody may do everything again. */
  public void allowEverything() throws Exception {
    try (Admin admin = broker.admin()) {
      admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get();
    }
  }

  /** Stops the broker if it runs; starts it on the same ports with all that it had stored. */
  public void restart(TestCertificate server, TestAuthority clients) {
    broker.stop();
    broker.startAgain(listeners.securing(server, clients, tokens));
  }

  /**
   * The same, and it comes back with another SCRAM password. A user has one password at a time, and
   * who connects with the wrong one is refused for good: so nobody can connect while it is changed.
   */
  public void restart(TestCertificate server, TestAuthority clients, String user, String password) {
    SecureListeners unknown = SecureListeners.onFreePorts();
    broker.stop();
    broker.startAgain(unknown.securing(server, clients, tokens));
    changeScramPassword(user, password, "localhost:" + unknown.saslPlaintext());
    restart(server, clients);
  }

  /** Stops the broker; {@link #restart} starts it again. */
  public void stop() {
    broker.stop();
  }

  @Override
  public void close() {
    broker.close();
    tokens.close();
  }

  /** What the controller has accepted reaches the listeners a little later. */
  private static void awaitLogin(
      ScramMechanism mechanism, String user, String password, String logIn) throws Exception {
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers",
            logIn,
            "security.protocol",
            "SASL_PLAINTEXT",
            "sasl.mechanism",
            mechanism.mechanismName(),
            "sasl.jaas.config",
            SecureListeners.login(ScramLoginModule.class, "username", user, "password", password));
    Instant deadline = Instant.now().plus(IN_FORCE);
    while (!accepts(properties)) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException("not in force after " + IN_FORCE);
      }
    }
  }

  /** The broker takes its time (100 ms) to refuse, so that one may ask again at once. */
  private static boolean accepts(Map<String, Object> properties) throws Exception {
    try (Admin admin = Admin.create(properties)) {
      admin.describeCluster().nodes().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SaslAuthenticationException) {
        return false;
      }
      throw e;
    }
  }
}
