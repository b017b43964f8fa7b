package dev.outflow.embedded;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.message.ResponseHeaderData;
import org.apache.kafka.common.message.SaslAuthenticateResponseData;
import org.apache.kafka.common.message.SaslHandshakeResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.RequestUtils;
import org.apache.kafka.common.requests.SaslAuthenticateRequest;
import org.apache.kafka.common.requests.SaslHandshakeRequest;

/** One connection to a {@link FakeBroker}: frames, versions, authentication and cuts. */
final class FakeConnection implements Runnable {
  private final FakeBroker broker;
  private final Socket socket;
  private final FakeSasl sasl;
  private String mechanism = "";
  private boolean authenticated;

  FakeConnection(FakeBroker broker, Socket socket) {
    this.broker = broker;
    this.socket = socket;
    this.sasl = broker.sasl();
    this.authenticated = !sasl.isRequired();
  }

  @Override
  public void run() {
    try (socket) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) broker.idleTimeout().toMillis());
      DataInputStream in = new DataInputStream(socket.getInputStream());
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      while (answer(in, out)) {
        out.flush();
      }
    } catch (IOException | KafkaException | InterruptedException e) {
      // As a broker does after a request that it cannot read: the connection is closed.
    } finally {
      broker.closed(this);
    }
  }

  /** Closes the connection without a farewell, from any thread. */
  void reset() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // It is closed already.
    }
  }

  private boolean answer(DataInputStream in, DataOutputStream out)
      throws IOException, InterruptedException {
    int length;
    try {
      length = in.readInt();
    } catch (SocketTimeoutException e) {
      reset();
      return false;
    }
    if (length < 0 || broker.isTooLarge(length)) {
      return false;
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    ByteBuffer frame = ByteBuffer.wrap(bytes);
    RequestHeader header = RequestHeader.parse(frame);
    ApiKeys type = header.apiKey();
    if (broker.resets(type, header.apiVersion())) {
      reset();
      return false;
    }
    boolean offered = broker.shape().offers(type, header.apiVersion());
    if (type == ApiKeys.API_VERSIONS) {
      broker.count(type);
      short version = offered ? header.apiVersion() : 0;
      write(out, header, version, broker.answers().apiVersions(offered));
      return true;
    }
    boolean login = type == ApiKeys.SASL_HANDSHAKE || type == ApiKeys.SASL_AUTHENTICATE;
    if (!offered || (!authenticated && !login)) {
      return false;
    }
    AbstractRequest request =
        AbstractRequest.parseRequest(type, header.apiVersion(), new ByteBufferAccessor(frame))
            .request;
    ApiMessage answer = login ? login(request) : broker.answers().answer(request);
    broker.count(type);
    if (answer == null) {
      return true; // Acks 0.
    }
    write(out, header, header.apiVersion(), answer);
    return authenticated || type != ApiKeys.SASL_AUTHENTICATE;
  }

  private ApiMessage login(AbstractRequest request) {
    if (request instanceof SaslHandshakeRequest handshake) {
      mechanism = handshake.data().mechanism();
      return new SaslHandshakeResponseData()
          .setMechanisms(List.copyOf(sasl.accepted().keySet()))
          .setErrorCode(
              sasl.accepted().containsKey(mechanism)
                  ? Errors.NONE.code()
                  : Errors.UNSUPPORTED_SASL_MECHANISM.code());
    }
    byte[] message = ((SaslAuthenticateRequest) request).data().authBytes();
    authenticated = sasl.accepts(mechanism, message);
    return authenticated
        ? new SaslAuthenticateResponseData()
        : new SaslAuthenticateResponseData()
            .setErrorCode(Errors.SASL_AUTHENTICATION_FAILED.code())
            .setErrorMessage("Authentication failed");
  }

  private static void write(
      DataOutputStream out, RequestHeader request, short version, ApiMessage answer)
      throws IOException {
    ByteBuffer bytes =
        RequestUtils.serialize(
            new ResponseHeaderData().setCorrelationId(request.correlationId()),
            request.apiKey().responseHeaderVersion(version),
            answer,
            version);
    out.writeInt(bytes.remaining());
    out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
  }
}
