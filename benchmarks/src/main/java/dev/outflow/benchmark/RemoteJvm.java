package dev.outflow.benchmark;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.PlatformManagedObject;
import java.util.Arrays;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Reads metrics of the JVM of another process over JMX. */
final class RemoteJvm implements AutoCloseable {
  private static final String CONSUMERS =
      "kafka.consumer:type=consumer-fetch-manager-metrics,client-id=*";

  private final JMXConnector connector;
  private final MBeanServerConnection beans;
  private final OperatingSystemMXBean process;
  private final ThreadMXBean threads;
  private final MemoryMXBean memory;

  private RemoteJvm(JMXConnector connector) throws IOException {
    this.connector = connector;
    this.beans = connector.getMBeanServerConnection();
    this.process =
        bean(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME, OperatingSystemMXBean.class);
    this.threads = bean(ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
    this.memory = bean(ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
  }

  /** Attaches to a process that this one started, which is why it is trusted. */
  @SuppressWarnings("BanJNDI")
  static RemoteJvm of(long pid) throws IOException {
    try {
      VirtualMachine jvm = VirtualMachine.attach(String.valueOf(pid));
      String address = jvm.startLocalManagementAgent();
      jvm.detach();
      // The process is paused for longer than the connection check would tolerate.
      return new RemoteJvm(
          JMXConnectorFactory.connect(
              new JMXServiceURL(address),
              Map.of("jmx.remote.x.client.connection.check.period", 0L)));
    } catch (AttachNotSupportedException e) {
      throw new IOException("cannot attach to process " + pid, e);
    }
  }

  private <T extends PlatformManagedObject> T bean(String name, Class<T> type) throws IOException {
    return ManagementFactory.newPlatformMXBeanProxy(beans, name, type);
  }

  /** CPU time of all threads, including the JVM's own, since the start. */
  long cpuNanos() {
    return process.getProcessCpuTime();
  }

  /** Bytes allocated by live threads. */
  long allocatedBytes() {
    return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
        .filter(bytes -> bytes > 0)
        .sum();
  }

  /** Records read by Kafka consumers since their start. */
  long consumedRecords() {
    try {
      double sum = 0;
      for (ObjectName consumer : beans.queryNames(new ObjectName(CONSUMERS), null)) {
        double records = (double) beans.getAttribute(consumer, "records-consumed-total");
        sum += Double.isNaN(records) ? 0 : records;
      }
      return (long) sum;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JMException e) {
      throw new IllegalStateException("Kafka consumer metrics are missing", e);
    }
  }

  /** Heap usage after a full collection. */
  long liveBytes() {
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
