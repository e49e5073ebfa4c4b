using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Sim;
using Xunit;

namespace Testbed.Tests.Engine.Foundation;

public sealed class DeadlineQueueTests
{
    [Fact]
    public void Rows_ring_in_order_of_deadline_and_at_once_when_it_comes()
    {
        var (world, shard, rows, queue) = New(seed: 1);
        foreach (var dueMs in new[] { 30, 10, 20, 10 })
        {
            queue.Add(shard.Now.PlusMs(dueMs), (shard.Now.PlusMs(dueMs).Ticks, dueMs));
        }
        world.RunForMs(1_000);
        Assert.Equal([10, 10, 20, 30], rows.Rung);
        Assert.All(rows.LateTicks, late => Assert.Equal(0, late));
    }

    [Fact]
    public void A_thousand_rows_need_one_timer()
    {
        var (world, shard, rows, queue) = New(seed: 1);
        for (var row = 0; row < 1_000; row++)
        {
            queue.Add(shard.Now.PlusMs(1_000 - row), (shard.Now.PlusMs(1_000 - row).Ticks, row));
            Assert.Equal(1, world.PendingEventCount);
        }
        world.RunForMs(500);
        Assert.Equal((500, 1), (queue.Count, world.PendingEventCount));
        world.RunForMs(10_000);
        Assert.Equal((1_000, 0), (rows.Rung.Count, world.PendingEventCount));
    }

    [Fact]
    public void A_removed_row_never_rings_and_its_handle_is_spent()
    {
        var (world, shard, rows, queue) = New(seed: 1);
        var early = queue.Add(shard.Now.PlusMs(5), (shard.Now.PlusMs(5).Ticks, 1));
        var late = queue.Add(shard.Now.PlusMs(9), (shard.Now.PlusMs(9).Ticks, 2));
        Assert.True(queue.Remove(early));
        Assert.False(queue.Remove(early));
        world.RunForMs(100);
        Assert.Equal([2], rows.Rung);
        Assert.Equal(0, rows.LateTicks[0]);
        Assert.False(queue.Remove(late));
    }

    [Fact]
    public void No_row_is_ever_late_or_early_whatever_is_added_and_removed_meanwhile()
    {
        for (ulong seed = 1; seed <= 50; seed++)
        {
            var (world, shard, rows, queue) = New(seed);
            var chance = new Prng(seed);
            var waiting = new List<(HeapHandle Handle, int Row)>();
            var removed = new SortedSet<int>();
            for (var row = 0; row < 300; row++)
            {
                var due = shard.Now.PlusMs(chance.Between(1, 50));
                waiting.Add((queue.Add(due, (due.Ticks, row)), row));
                if (chance.Chance(1, 3))
                {
                    var index = chance.Below(waiting.Count);
                    if (queue.Remove(waiting[index].Handle))
                    {
                        removed.Add(waiting[index].Row);
                    }
                    waiting.RemoveAt(index);
                }
                world.RunForMs(chance.Between(0, 5));
                Assert.True(world.PendingEventCount <= 1);
            }
            world.RunForMs(1_000);
            Assert.Equal(300, rows.Rung.Count + removed.Count);
            Assert.All(rows.Rung, row => Assert.DoesNotContain(row, removed));
            Assert.All(rows.LateTicks, late => Assert.Equal(0, late));
        }
    }

    private static (World World, IShard Shard, Rows Rows, DeadlineQueue<(long DueTicks, int Row)> Queue) New(
        ulong seed)
    {
        var world = new World(seed);
        IShard? shard = null;
        world.AddNode(new NodeId(1), fresh => shard = fresh);
        world.RunForMs(1);
        var rows = new Rows(shard!);
        return (world, shard!, rows, new DeadlineQueue<(long DueTicks, int Row)>(shard!, rows));
    }
}
