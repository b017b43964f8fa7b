package dev.outflow.format.reader;

import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.RecyclerPool;

/**
 * The buffers of a reader, which parses one message at a time. Jackson's own pools keep the CSV
 * parser from returning its buffers, so that each message would take new ones of 8 KB.
 */
final class ReusedBuffers implements RecyclerPool<BufferRecycler> {
  private static final long serialVersionUID = 1;

  private transient BufferRecycler buffers;

  @Override
  public BufferRecycler acquireAndLinkPooled() {
    return acquirePooled(); // Without a link, nothing is returned, and the buffers stay.
  }

  @Override
  public BufferRecycler acquirePooled() {
    if (buffers == null) {
      buffers = new BufferRecycler();
    }
    return buffers;
  }

  @Override
  public void releasePooled(BufferRecycler released) {}
}
