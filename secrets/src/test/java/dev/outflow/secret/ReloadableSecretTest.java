package dev.outflow.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReloadableSecretTest {
  private final TestClock now = new TestClock();
  private String secret = "first";
  private Runnable afterRead = () -> {};
  private int reads;
  private final ReloadableSecret<String> reloadable =
      new ReloadableSecret<>(
          "test", this::read, secrets -> build(secrets.get("s")), Runnable::run, now);

  @Test
  void usesChangedSecretAtTheNextHandshake() {
    assertThat(reloadable.current()).isEqualTo("built from first");
    secret = "second";
    now.pass(ReloadableSecret.MAX_AGE);

    assertThat(reloadable.current()).isEqualTo("built from second");
    assertThat(reloadable.status().refreshes()).isEqualTo(2);
    assertThat(reloadable.status().changed()).isEqualTo(now.instant());
  }

  @Test
  void readsOnceForSimultaneousHandshakes() {
    for (int i = 0; i < 100; i++) {
      reloadable.current();
    }
    assertThat(reads).isEqualTo(1);
  }

  @Test
  void keepsValueWhileSecretIsUnchanged() {
    String before = reloadable.current();
    now.pass(Duration.ofMinutes(5));

    assertThat(reloadable.current()).isSameAs(before);
    assertThat(reloadable.status().changed()).isEqualTo(Instant.EPOCH);
    assertThat(reloadable.status().confirmed()).isEqualTo(now.instant());
  }

  @Test
  void keepsLastGoodValueAndCountsFailuresWhenReloadFails() {
    reloadable.current();
    for (String bad : new String[] {"bad", "unreadable"}) {
      secret = bad;
      now.pass(ReloadableSecret.RETRY_AFTER);
      assertThat(reloadable.current()).isEqualTo("built from first");
    }
    assertThat(reloadable.status().failures()).isEqualTo(2);
    assertThat(reloadable.status().confirmed()).isEqualTo(Instant.EPOCH);

    secret = "good again";
    now.pass(ReloadableSecret.RETRY_AFTER);
    assertThat(reloadable.current()).isEqualTo("built from good again");
  }

  @Test
  void readsAgainAtOnceWhenTwoSecretsDoNotMatch() {
    reloadable.current();
    secret = "bad";
    afterRead = () -> secret = "second";
    now.pass(ReloadableSecret.MAX_AGE);

    assertThat(reloadable.current()).isEqualTo("built from second");
    assertThat(reloadable.status().failures()).isZero();
  }

  @Test
  void usesCorrectedSecretAtTheNextHandshake() {
    reloadable.current();
    secret = "bad";
    now.pass(ReloadableSecret.MAX_AGE);
    assertThat(reloadable.current()).isEqualTo("built from first");

    secret = "corrected";
    now.pass(ReloadableSecret.MAX_AGE);

    assertThat(reloadable.current()).isEqualTo("built from corrected");
  }

  @Test
  void pausesWhileSecretsCannotBeRead() {
    reloadable.current();
    secret = "unreadable";
    now.pass(ReloadableSecret.MAX_AGE);
    reloadable.current();
    int soFar = reads;
    now.pass(Duration.ofSeconds(1));

    reloadable.current();

    assertThat(reads).isEqualTo(soFar);
  }

  @Test
  void reportsFirstFailureAndReadsAgainForTheNextCaller() {
    secret = "unreadable";
    assertThatThrownBy(reloadable::current).isInstanceOf(SecretException.class).hasMessage("gone");
    secret = "there";

    assertThat(reloadable.current()).isEqualTo("built from there");
  }

  @Test
  void warnsOfExpiryAtFirstUseAndOnceADay() {
    AtomicInteger warnings = new AtomicInteger();
    HasExpiry expiring =
        at -> {
          warnings.incrementAndGet();
          return List.of();
        };
    ReloadableSecret<HasExpiry> certificates =
        new ReloadableSecret<>("test", this::read, secrets -> expiring, Runnable::run, now);

    certificates.current();
    assertThat(warnings).hasValue(1);
    now.pass(Duration.ofHours(23));
    certificates.current();
    assertThat(warnings).hasValue(1);
    now.pass(Duration.ofHours(2));
    certificates.current();
    assertThat(warnings).hasValue(2);
    secret = "unreadable";
    now.pass(Duration.ofHours(25));
    certificates.current();
    assertThat(warnings).as("also while the renewed secret cannot be read").hasValue(3);
  }

  private Map<String, String> read() {
    reads++;
    if (secret.equals("unreadable")) {
      throw new SecretException("gone");
    }
    Map<String, String> current = Map.of("s", secret);
    afterRead.run();
    return current;
  }

  private static String build(String from) {
    if (from.equals("bad")) {
      throw new SecretException("invalid");
    }
    return "built from " + from;
  }

  /** A clock that only the test advances. */
  private static final class TestClock extends Clock {
    private Instant time = Instant.EPOCH;

    void pass(Duration duration) {
      time = time.plus(duration);
    }

    @Override
    public Instant instant() {
      return time;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
