package dev.outflow.kafka;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * The brokers' answer to a question about settings, which they may refuse to give.
 *
 * @param value the settings; empty if unknown
 * @param refusal why they are unknown; otherwise empty
 */
public record SettingsAnswer<T>(Optional<T> value, String refusal) {
  /** The refusal for lack of permission. */
  public static final String NOT_AUTHORIZED = "not authorized to DESCRIBE_CONFIGS";

  /**
   * Requests settings.
   *
   * @throws ExecutionException with Kafka's error if the brokers do not respond
   */
  public static SettingsAnswer<Map<ConfigResource, Config>> describe(
      Admin admin, Collection<ConfigResource> resources)
      throws ExecutionException, InterruptedException {
    try {
      return new SettingsAnswer<>(Optional.of(admin.describeConfigs(resources).all().get()), "");
    } catch (ExecutionException e) {
      if (!isRefusal(e.getCause())) {
        throw e;
      }
      return new SettingsAnswer<>(Optional.empty(), refusal(e.getCause()));
    }
  }

  private static boolean isRefusal(Throwable failure) {
    return failure instanceof ApiException
        && !(failure instanceof TimeoutException
            || failure instanceof DisconnectException
            || failure instanceof NetworkException
            || failure instanceof AuthenticationException);
  }

  private static String refusal(Throwable failure) {
    if (failure instanceof AuthorizationException) {
      return NOT_AUTHORIZED;
    }
    return failure instanceof UnsupportedVersionException
        ? "these brokers do not report settings, which requires Kafka 1.1 or later"
        : "the brokers did not report them: " + failure.getMessage();
  }

  /** Returns a part of the settings. */
  public <R> SettingsAnswer<R> map(Function<T, Optional<R>> part) {
    Optional<R> found = value.flatMap(part);
    return new SettingsAnswer<>(
        found,
        found.isEmpty() && refusal.isEmpty() ? "the brokers do not report this setting" : refusal);
  }
}
