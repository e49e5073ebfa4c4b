using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Wire;
using Xunit;
using Xunit.Abstractions;

namespace Testbed.Tests.Engine.Wire.Framing;

public sealed class FrameAssemblerTests(ITestOutputHelper output)
{
    private const int LargeBytes = 3_000_000;
    private readonly BufferPool _pool = new(0, poison: true);

    [Fact]
    public void A_small_frame_behind_a_large_one_holds_no_large_buffer()
    {
        var assembler = new FrameAssembler(_pool, int.MaxValue);
        Receive(assembler, Framed(LargeBytes))[0].Buffer.Release();

        for (var i = 0; i < 20; i++)
        {
            var frame = Assert.Single(Receive(assembler, Framed(10)));
            Assert.True(frame.Buffer.Capacity <= FrameAssembler.FreshMaxBytes);
            frame.Buffer.Release();
            assembler.ReleaseIfIdle();
        }
        Assert.True(assembler.Room().Length <= 16 * 1024);
    }

    [Fact]
    public void Small_frames_sent_together_with_a_large_one_lie_elsewhere()
    {
        var assembler = new FrameAssembler(_pool, int.MaxValue);
        var frames = Receive(assembler, [.. Framed(10), .. Framed(LargeBytes), .. Framed(10), .. Framed(10)]);

        Assert.Equal([10, LargeBytes, 10, 10], frames.ConvertAll(frame => frame.SizeBytes));
        Assert.True(frames[1].Buffer.Capacity > FrameAssembler.FreshMaxBytes);
        Assert.NotSame(frames[1].Buffer, frames[2].Buffer);
        Assert.Same(frames[2].Buffer, frames[3].Buffer);
    }

    [Fact]
    public void A_buffer_follows_the_bytes_that_have_come_not_the_length()
    {
        var assembler = new FrameAssembler(_pool, int.MaxValue);
        var frame = Framed(100_000_000);
        foreach (var sent in (int[])[10, 100_000, 1_000_000])
        {
            Assert.Empty(Receive(assembler, frame[assembler.BegunBytes..sent]));
            Assert.InRange(assembler.BegunBytes + assembler.Room().Length, sent + 1, (8 * sent) + 16_384);
        }
        assembler.Release();
        Assert.Equal(0, _pool.OutstandingCount);
    }

    [Fact]
    public void Frames_as_large_as_usual_are_not_copied()
    {
        var assembler = new FrameAssembler(_pool, int.MaxValue);
        for (var i = 0; i < 5; i++)
        {
            Receive(assembler, Framed(200_000))[0].Buffer.Release();
            assembler.ReleaseIfIdle();
        }
        Assert.Equal(FrameAssembler.FreshMaxBytes, assembler.Room().Length);
    }

    [Fact]
    public void Frames_come_out_as_they_went_in_however_the_stream_is_cut()
    {
        var random = new Random(TestSeed.Next(output));
        for (var round = 0; round < 60; round++)
        {
            var assembler = new FrameAssembler(_pool, int.MaxValue);
            var held = new List<(Frame Frame, byte[] Sent)>();
            for (var count = random.Next(1, 12); count > 0; count--)
            {
                var sent = Framed(random.Next(4) == 0 ? random.Next(1_000_000) : random.Next(40_000));
                random.NextBytes(sent.AsSpan(sizeof(int)));
                foreach (var frame in Receive(assembler, sent, random))
                {
                    held.Add((frame, sent));
                }
                if (random.Next(2) == 0)
                {
                    assembler.ReleaseIfIdle();
                }
            }
            foreach (var (frame, sent) in held)
            {
                Assert.True(frame.Memory.Span.SequenceEqual(sent.AsSpan(sizeof(int))));
                frame.Buffer.Release();
            }
            assembler.Release();
            Assert.Equal(0, _pool.OutstandingCount);
        }
    }

    private static byte[] Framed(int sizeBytes)
    {
        var frame = new byte[sizeof(int) + sizeBytes];
        BinaryPrimitives.WriteInt32BigEndian(frame, sizeBytes);
        return frame;
    }

    /// <summary>Hands bytes over in pieces as large as there is room, or smaller ones by chance.</summary>
    private static List<Frame> Receive(FrameAssembler assembler, byte[] bytes, Random? random = null)
    {
        var frames = new List<Frame>();
        for (var at = 0; at < bytes.Length;)
        {
            var room = assembler.Room();
            var count = Math.Min(room.Length, bytes.Length - at);
            count = random is null ? count : random.Next(1, count + 1);
            bytes.AsMemory(at, count).CopyTo(room);
            at += count;
            assembler.OnReceived(count);
            while (assembler.TryTake(out var frame))
            {
                frames.Add(frame);
            }
        }
        return frames;
    }
}
