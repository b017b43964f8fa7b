package dev.outflow.embedded;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * A token endpoint for OAUTHBEARER: issues signed JWTs for client credentials, over HTTP on this
 * machine. Kafka clients and brokers of this JVM are allowed to call it.
 */
public final class FakeTokenIssuer implements AutoCloseable {
  public static final String CLIENT_ID = "outflow-client";
  public static final String CLIENT_SECRET = "s3cr3t-of-the-client-8Qf2";

  /** The audience of its tokens. */
  public static final String AUDIENCE = "kafka";

  /** Kafka requires the URLs to be listed in this system property. */
  private static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

  private static final int MINUTES_VALID = 60;

  private final EllipticCurveJsonWebKey key;
  private final LoopbackServer server = LoopbackServer.http(0, this::answer);
  private final AtomicInteger requests = new AtomicInteger();
  private volatile String secret = CLIENT_SECRET;

  private FakeTokenIssuer() {
    try {
      key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
      key.setKeyId("key-" + UUID.randomUUID());
    } catch (JoseException e) {
      throw new IllegalStateException("could not generate a key", e);
    }
  }

  public static FakeTokenIssuer start() {
    FakeTokenIssuer issuer = new FakeTokenIssuer();
    issuer.allow();
    return issuer;
  }

  /** {@code http://127.0.0.1:port}, as in the claim {@code iss}. */
  public String issuer() {
    return "http://127.0.0.1:" + server.port();
  }

  /** For {@code sasl.oauthbearer.token.endpoint.url}. */
  public String tokenEndpoint() {
    return issuer() + "/token";
  }

  /** For {@code sasl.oauthbearer.jwks.endpoint.url}. */
  public String keysEndpoint() {
    return issuer() + "/jwks";
  }

  /** Changes the secret of {@link #CLIENT_ID}; tokens issued before stay valid. */
  public FakeTokenIssuer changeSecret(String secret) {
    this.secret = secret;
    return this;
  }

  /** Returns the number of token requests, whatever the secret. */
  public int requests() {
    return requests.get();
  }

  /** Issues a token for any subject, valid for an hour. */
  public String mint(String subject) {
    return mint(subject, "kafka");
  }

  @Override
  public void close() {
    server.close();
  }

  private String mint(String subject, String scope) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(issuer());
    claims.setAudience(AUDIENCE);
    claims.setSubject(subject);
    claims.setIssuedAtToNow();
    claims.setExpirationTimeMinutesInTheFuture(MINUTES_VALID);
    claims.setStringClaim("scope", scope);
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    signature.setKeyIdHeaderValue(key.getKeyId());
    signature.setKey(key.getPrivateKey());
    signature.setPayload(claims.toJson());
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("could not sign a token", e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    switch (exchange.getRequestURI().getPath()) {
      case "/token" -> answerToken(exchange);
      case "/jwks" ->
          LoopbackServer.answerJson(
              exchange,
              200,
              new JsonWebKeySet(key).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
      default -> LoopbackServer.answerJson(exchange, 404, "{}");
    }
  }

  private void answerToken(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> form = LoopbackServer.form(body);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    int status;
    if (!basic().equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      status = 401;
      answer.put("error", "invalid_client").put("error_description", "unknown client or secret");
    } else if (!"client_credentials".equals(form.get("grant_type"))) {
      status = 400;
      answer.put("error", "unsupported_grant_type");
    } else {
      status = 200;
      answer
          .put("access_token", mint(CLIENT_ID, form.getOrDefault("scope", "kafka")))
          .put("token_type", "Bearer")
          .put("expires_in", MINUTES_VALID * 60);
    }
    LoopbackServer.answerJson(exchange, status, answer.toString());
  }

  private String basic() {
    String both = CLIENT_ID + ":" + secret;
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  private void allow() {
    synchronized (FakeTokenIssuer.class) {
      String before = System.getProperty(ALLOWED_URLS, "");
      String mine = tokenEndpoint() + "," + keysEndpoint();
      System.setProperty(ALLOWED_URLS, before.isEmpty() ? mine : before + "," + mine);
    }
  }
}
