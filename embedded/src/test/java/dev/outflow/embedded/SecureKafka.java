package dev.outflow.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
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
 * A broker in this JVM with all kinds of secured listeners in addition to an open one. It can
 * restart on the same ports with other certificates. Authenticated users are allowed everything
 * that no ACL restricts; clients of the open listener are superusers.
 */
public final class SecureKafka implements AutoCloseable {
  /** The user of PLAIN and both SCRAM mechanisms. */
  public static final String USER = "alice";

  public static final String PASSWORD = "wonder-7Hq!x=9_land";

  /** A user of PLAIN only, with a password that looks like references, escapes and separators. */
  public static final String USER_WITH_DIFFICULT_PASSWORD = "bob";

  public static final String DIFFICULT_PASSWORD =
      "${env:HOME} $1 \"quoted\" 'and' C:\\new=a;b,c p\u00e4ss-\u65e5\u672c-\ud83d\udd11";

  private static final Duration PROPAGATION_TIMEOUT = Duration.ofSeconds(10);
  private static final int SCRAM_ITERATIONS = 4096;
  private static final List<ScramMechanism> SCRAM =
      List.of(ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512);

  private final FakeTokenIssuer tokens;
  private final SecureListeners listeners;
  private final Map<String, String> properties;
  private final EmbeddedKafka broker;

  private SecureKafka(
      FakeTokenIssuer tokens,
      Map<String, String> properties,
      TestCertificate server,
      TestAuthority clients) {
    this.tokens = tokens;
    this.listeners = SecureListeners.onFreePorts();
    this.properties = Map.copyOf(properties);
    this.broker = EmbeddedKafka.start(EmbeddedKafka.freePort(), with(listeners, server, clients));
  }

  /**
   * Starts a broker, ready when this returns.
   *
   * @param server its certificate, for {@code localhost}
   * @param clients the CA of client certificates
   */
  public static SecureKafka start(TestCertificate server, TestAuthority clients) {
    return start(server, clients, Map.of());
  }

  /** Starts a broker with these properties in addition. */
  public static SecureKafka start(
      TestCertificate server, TestAuthority clients, Map<String, String> properties) {
    SecureKafka kafka = new SecureKafka(FakeTokenIssuer.start(), properties, server, clients);
    try {
      kafka.changeScramPassword(USER, PASSWORD);
      return kafka;
    } catch (IllegalStateException e) {
      kafka.close();
      throw e;
    }
  }

  /** Returns the broker at its open listener, for clients of the test. */
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

  /** Returns the token endpoint of OAUTHBEARER. */
  public FakeTokenIssuer tokens() {
    return tokens;
  }

  /** Changes the password of both mechanisms; effective for new connections on return. */
  public void changeScramPassword(String user, String password) {
    changeScramPassword(user, password, saslPlaintext());
  }

  private void changeScramPassword(String user, String password, String servers) {
    try (Admin admin = broker.admin()) {
      // One at a time: Kafka rejects two changes of one user in one request.
      for (ScramMechanism mechanism : SCRAM) {
        ScramCredentialInfo info = new ScramCredentialInfo(mechanism, SCRAM_ITERATIONS);
        admin
            .alterUserScramCredentials(
                List.of(new UserScramCredentialUpsertion(user, info, password)))
            .all()
            .get();
        awaitLogin(mechanism, user, password, servers);
      }
    } catch (Exception e) {
      throw new IllegalStateException("could not change the password of " + user, e);
    }
  }

  /**
   * Allows an operation for {@link #USER} and thereby denies all others on this resource; effective
   * shortly after this returns.
   */
  public void allow(ResourceType type, String name, AclOperation operation) throws Exception {
    allow(type, name, operation, USER);
  }

  /** The same for another user. Names of transactional ids are prefixes. */
  public void allow(ResourceType type, String name, AclOperation operation, String user)
      throws Exception {
    PatternType pattern =
        type == ResourceType.TRANSACTIONAL_ID ? PatternType.PREFIXED : PatternType.LITERAL;
    create(new ResourcePattern(type, name, pattern), user, operation, AclPermissionType.ALLOW);
  }

  /** Denies {@link #USER} an operation; effective shortly after this returns. */
  public void deny(ResourceType type, String name, AclOperation operation) throws Exception {
    ResourcePattern resource = new ResourcePattern(type, name, PatternType.LITERAL);
    create(resource, USER, operation, AclPermissionType.DENY);
  }

  private void create(
      ResourcePattern resource, String user, AclOperation operation, AclPermissionType permission)
      throws Exception {
    AclBinding binding =
        new AclBinding(
            resource, new AccessControlEntry("User:" + user, "*", operation, permission));
    try (Admin admin = broker.admin()) {
      admin.createAcls(List.of(binding)).all().get();
    }
  }

  /** Deletes all ACLs: all users are allowed everything again. */
  public void allowEverything() throws Exception {
    try (Admin admin = broker.admin()) {
      admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get();
    }
  }

  /** Restarts the broker on the same ports with its data. */
  public void restart(TestCertificate server, TestAuthority clients) {
    broker.stop();
    broker.startAgain(with(listeners, server, clients));
  }

  /**
   * Restarts the broker with another SCRAM password. Clients cannot connect in between, because a
   * user has one password at a time and clients with the wrong one fail for good.
   */
  public void restart(TestCertificate server, TestAuthority clients, String user, String password) {
    SecureListeners temporary = SecureListeners.onFreePorts();
    broker.stop();
    broker.startAgain(with(temporary, server, clients));
    changeScramPassword(user, password, "localhost:" + temporary.saslPlaintext());
    restart(server, clients);
  }

  private UnaryOperator<Map<String, String>> with(
      SecureListeners own, TestCertificate server, TestAuthority clients) {
    UnaryOperator<Map<String, String>> secured = own.securing(server, clients, tokens);
    return defaults -> {
      Map<String, String> all = new HashMap<>(secured.apply(defaults));
      all.putAll(properties);
      return all;
    };
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

  /** Waits until the listeners know what the controller has accepted. */
  private static void awaitLogin(
      ScramMechanism mechanism, String user, String password, String servers) throws Exception {
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers",
            servers,
            "security.protocol",
            "SASL_PLAINTEXT",
            "sasl.mechanism",
            mechanism.mechanismName(),
            "sasl.jaas.config",
            SecureListeners.login(ScramLoginModule.class, "username", user, "password", password));
    Instant deadline = Instant.now().plus(PROPAGATION_TIMEOUT);
    while (!accepts(properties)) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException("not effective after " + PROPAGATION_TIMEOUT);
      }
    }
  }

  /** Returns whether the broker accepts a login. The broker delays a rejection by 100 ms. */
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
