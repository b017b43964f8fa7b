package dev.outflow.embedded;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.message.FetchResponseData.AbortedTransaction;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.ControlRecordType;
import org.apache.kafka.common.record.EndTransactionMarker;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.MutableRecordBatch;
import org.apache.kafka.common.record.Record;
import org.apache.kafka.common.record.RecordBatch;

/**
 * The records of one partition, in memory, with the guarantees of a broker: a repeated batch of an
 * idempotent producer is stored once, and a batch after a gap is rejected.
 */
final class FakePartition {
  private static final int REMEMBERED_BATCHES = 1_000;

  private final TreeMap<Long, Batch> byLastOffset = new TreeMap<>();
  private final Map<SequenceOf, Integer> lastSequences = new HashMap<>();
  private final Map<Long, Long> openTransactions = new HashMap<>();
  private final List<Aborted> aborted = new ArrayList<>();
  private final Map<BatchId, Long> stored =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<BatchId, Long> eldest) {
          return size() > REMEMBERED_BATCHES;
        }
      };
  private long end;

  private record Batch(long baseOffset, long maxTimestamp, ByteBuffer bytes) {}

  private record BatchId(long producer, short epoch, int sequence) {}

  private record SequenceOf(long producer, short epoch) {}

  private record Aborted(long producer, long first, long last) {}

  /** The result of an append; {@code offset} is -1 after an error. */
  record Appended(Errors error, long offset) {}

  /** What a fetch returns. */
  record Fetched(
      MemoryRecords records, long end, long stableEnd, List<AbortedTransaction> aborted) {}

  synchronized Appended append(MutableRecordBatch batch) {
    BatchId id = new BatchId(batch.producerId(), batch.producerEpoch(), batch.baseSequence());
    if (batch.hasProducerId()) {
      if (stored.containsKey(id)) {
        return new Appended(Errors.NONE, stored.get(id));
      }
      SequenceOf producer = new SequenceOf(batch.producerId(), batch.producerEpoch());
      Integer last = lastSequences.get(producer);
      if (last != null && batch.baseSequence() != last + 1) {
        return new Appended(Errors.OUT_OF_ORDER_SEQUENCE_NUMBER, -1);
      }
      lastSequences.put(producer, batch.lastSequence());
    }
    long base = end;
    if (batch.isTransactional()) {
      openTransactions.putIfAbsent(batch.producerId(), base);
    }
    store(batch);
    stored.put(id, base);
    return new Appended(Errors.NONE, base);
  }

  /** Ends a producer's transaction here, if it has written. */
  synchronized void endTransaction(long producer, short epoch, boolean commit) {
    Long first = openTransactions.remove(producer);
    if (first == null) {
      return;
    }
    if (!commit) {
      aborted.add(new Aborted(producer, first, end));
    }
    ControlRecordType type = commit ? ControlRecordType.COMMIT : ControlRecordType.ABORT;
    MemoryRecords.withEndTransactionMarker(producer, epoch, new EndTransactionMarker(type, 0))
        .batches()
        .forEach(this::store);
  }

  private void store(MutableRecordBatch batch) {
    long base = end;
    long last = base + batch.lastOffset() - batch.baseOffset();
    batch.setLastOffset(last);
    batch.setPartitionLeaderEpoch(0);
    ByteBuffer bytes = ByteBuffer.allocate(batch.sizeInBytes());
    batch.writeTo(bytes);
    byLastOffset.put(last, new Batch(base, batch.maxTimestamp(), bytes.flip()));
    end = last + 1;
    notifyAll();
  }

  /** Returns at least one batch if there is any, and otherwise as many as fit. */
  synchronized Fetched read(long offset, int maxBytes, boolean committed) {
    long limit = committed ? stableEnd() : end;
    List<ByteBuffer> batches = new ArrayList<>();
    int size = 0;
    for (Batch batch : byLastOffset.tailMap(offset, true).values()) {
      if (batch.baseOffset >= limit
          || (!batches.isEmpty() && size + batch.bytes.remaining() > maxBytes)) {
        break;
      }
      batches.add(batch.bytes.duplicate());
      size += batch.bytes.remaining();
    }
    ByteBuffer all = ByteBuffer.allocate(size);
    batches.forEach(all::put);
    List<AbortedTransaction> skipped =
        aborted.stream()
            .filter(transaction -> transaction.last >= offset)
            .map(
                transaction ->
                    new AbortedTransaction()
                        .setProducerId(transaction.producer)
                        .setFirstOffset(transaction.first))
            .toList();
    return new Fetched(MemoryRecords.readableRecords(all.flip()), end, stableEnd(), skipped);
  }

  /** Returns as soon as there are records at this offset, or after this time. */
  synchronized void awaitRecords(long offset, long milliseconds) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
    long left = milliseconds;
    while (offset >= end && left > 0) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }
  }

  synchronized long end() {
    return end;
  }

  synchronized long stableEnd() {
    return openTransactions.values().stream().mapToLong(Long::longValue).min().orElse(end);
  }

  /** Returns the first offset with this timestamp or a later one; -1 if there is none. */
  synchronized long offsetAt(long timestamp) {
    for (Batch batch : byLastOffset.values()) {
      if (batch.maxTimestamp >= timestamp) {
        for (RecordBatch records :
            MemoryRecords.readableRecords(batch.bytes.duplicate()).batches()) {
          for (Record stamped : records) {
            if (stamped.timestamp() >= timestamp) {
              return stamped.offset();
            }
          }
        }
      }
    }
    return -1;
  }
}
