package dev.outflow.keyvault;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.policy.RequestRetryCondition;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.core.http.policy.RetryStrategy;
import java.time.Duration;

/**
 * Timeouts and retries for requests to Azure. With the SDK's defaults, a vault that does not
 * respond blocks the caller for 247 s.
 */
final class AzureHttp {
  /** Limit of one call, retries included. */
  static final Duration CALL_TIMEOUT = Duration.ofSeconds(12);

  private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration FIRST_DELAY = Duration.ofMillis(400);
  private static final int RETRIES_WITHOUT_RESPONSE = 1;
  private static final int RETRIES_WHEN_BUSY = 3;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  private AzureHttp() {}

  /** Returns a client that uses the JVM's truststore. */
  static HttpClient client() {
    return new JdkHttpClientBuilder()
        .connectionTimeout(RESPONSE_TIMEOUT)
        .responseTimeout(RESPONSE_TIMEOUT)
        .readTimeout(RESPONSE_TIMEOUT)
        .build();
  }

  /** Removes the Content-Length of GET requests, about which Java's client logs a warning. */
  static HttpPipelinePolicy withoutContentLength() {
    return (context, next) -> {
      context.getHttpRequest().getHeaders().remove(HttpHeaderName.CONTENT_LENGTH);
      return next.process();
    };
  }

  static RetryPolicy retryPolicy() {
    return new RetryPolicy(new Retries());
  }

  /** Retries 429 and 5xx three times, honoring Retry-After, and a missing response once. */
  private static final class Retries implements RetryStrategy {
    @Override
    public int getMaxRetries() {
      return RETRIES_WHEN_BUSY;
    }

    @Override
    public Duration calculateRetryDelay(int tries) {
      return FIRST_DELAY.multipliedBy(1L << tries);
    }

    @Override
    public boolean shouldRetryCondition(RequestRetryCondition condition) {
      HttpResponse response = condition.getResponse();
      return response == null
          ? condition.getTryCount() < RETRIES_WITHOUT_RESPONSE
          : response.getStatusCode() == TOO_MANY_REQUESTS
              || response.getStatusCode() >= SERVER_ERROR;
    }
  }
}
