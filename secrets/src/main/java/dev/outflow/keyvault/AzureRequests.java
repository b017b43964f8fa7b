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
 * How requests to Azure are made: what answers "later" is asked again, what does not answer is not
 * waited for. The SDK's own defaults wait 247 s for a vault that hangs.
 */
final class AzureRequests {
  /** The longest that one question can take, with all its tries. */
  static final Duration LIMIT = Duration.ofSeconds(12);

  private static final Duration RESPONSE = Duration.ofSeconds(2);
  private static final Duration FIRST_DELAY = Duration.ofMillis(400);
  private static final int TRIES_AFTER_NO_ANSWER = 1;
  private static final int TRIES_WHEN_BUSY = 3;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  private AzureRequests() {}

  /** A client that trusts whom the JVM trusts. */
  static HttpClient client() {
    return new JdkHttpClientBuilder()
        .connectionTimeout(RESPONSE)
        .responseTimeout(RESPONSE)
        .readTimeout(RESPONSE)
        .build();
  }

  /** A GET has no length to tell; Java's client would warn about it each time. */
  static HttpPipelinePolicy withoutLength() {
    return (context, next) -> {
      context.getHttpRequest().getHeaders().remove(HttpHeaderName.CONTENT_LENGTH);
      return next.process();
    };
  }

  static RetryPolicy retries() {
    return new RetryPolicy(new Retries());
  }

  /** 429 and 5xx: 3 more tries, as late as the answer says; no answer: 1 more. */
  private static final class Retries implements RetryStrategy {
    @Override
    public int getMaxRetries() {
      return TRIES_WHEN_BUSY;
    }

    @Override
    public Duration calculateRetryDelay(int tries) {
      return FIRST_DELAY.multipliedBy(1L << tries);
    }

    @Override
    public boolean shouldRetryCondition(RequestRetryCondition condition) {
      HttpResponse response = condition.getResponse();
      return response == null
          ? condition.getTryCount() < TRIES_AFTER_NO_ANSWER
          : response.getStatusCode() == TOO_MANY_REQUESTS
              || response.getStatusCode() >= SERVER_ERROR;
    }
  }
}
