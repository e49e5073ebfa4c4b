using System.Collections.Generic;
using Testbed.Foundation;
using Xunit;

namespace Testbed.Tests.Engine.Foundation;

/// <summary>The heap against a list that is searched from end to end.</summary>
public sealed class EventHeapTests
{
    [Fact]
    public void Items_due_at_the_same_time_come_out_in_the_order_they_went_in()
    {
        var heap = new EventHeap<int>();
        for (var item = 0; item < 1_000; item++)
        {
            heap.Push(new Instant(item % 3), item);
        }
        var last = (Due: -1L, Item: -1);
        while (heap.TryPop(out var due, out var item))
        {
            Assert.True(due.Ticks > last.Due || (due.Ticks == last.Due && item > last.Item));
            last = (due.Ticks, item);
        }
        Assert.Equal((2L, 998), last);
    }

    [Fact]
    public void An_empty_heap_has_nothing_due()
    {
        var heap = new EventHeap<string>();
        Assert.Equal(Instant.Never, heap.NextDue);
        Assert.False(heap.TryPop(out _, out _));
        Assert.False(heap.Remove(HeapHandle.None));
    }

    [Fact]
    public void A_handle_removes_its_item_once_and_names_nothing_afterwards()
    {
        var heap = new EventHeap<string>();
        var first = heap.Push(new Instant(1), "a");
        var second = heap.Push(new Instant(2), "b");
        Assert.True(heap.Remove(first));
        Assert.False(heap.Remove(first));
        var reused = heap.Push(new Instant(3), "c");
        Assert.Equal(first.Slot, reused.Slot);
        Assert.False(heap.Remove(first));
        Assert.True(heap.TryPop(out _, out var item));
        Assert.Equal("b", item);
        Assert.False(heap.Remove(second));
        Assert.Equal(1, heap.Count);
    }

    [Fact]
    public void Random_pushes_pops_and_removals_agree_with_a_list()
    {
        for (ulong seed = 1; seed <= 200; seed++)
        {
            var chance = new Prng(seed);
            var heap = new EventHeap<int>();
            var model = new List<(long Due, int Item, HeapHandle Handle)>();    // in order of pushing
            var spent = new List<HeapHandle>();
            for (var step = 0; step < 500; step++)
            {
                Step(heap, model, spent, chance, step);
                Assert.Equal(model.Count, heap.Count);
                var next = model.Count == 0 ? Instant.Never : new Instant(model[FirstOf(model)].Due);
                Assert.Equal(next, heap.NextDue);
            }
            while (model.Count > 0)
            {
                PopBoth(heap, model, spent, seed);
            }
            Assert.False(heap.TryPop(out _, out _));
        }
    }

    private static void Step(
        EventHeap<int> heap, List<(long Due, int Item, HeapHandle Handle)> model, List<HeapHandle> spent,
        Prng chance, int step)
    {
        switch (chance.Below(20))
        {
            case < 10:
                var due = chance.Below(30L);
                model.Add((due, step, heap.Push(new Instant(due), step)));
                break;
            case < 14:
                PopBoth(heap, model, spent, seed: 0);
                break;
            case < 18 when model.Count > 0:
                var index = chance.Below(model.Count);
                Assert.True(heap.Remove(model[index].Handle));
                spent.Add(model[index].Handle);
                model.RemoveAt(index);
                break;
            case 18:
                var remainder = chance.Below(5);
                var matching = model.FindAll(entry => entry.Item % 5 == remainder);
                Assert.Equal(matching.Count, heap.RemoveAll(item => item % 5 == remainder));
                spent.AddRange(matching.ConvertAll(entry => entry.Handle));
                model.RemoveAll(entry => entry.Item % 5 == remainder);
                break;
            default:
                Assert.All(spent, handle => Assert.False(heap.Remove(handle)));
                break;
        }
    }

    private static void PopBoth(
        EventHeap<int> heap, List<(long Due, int Item, HeapHandle Handle)> model, List<HeapHandle> spent,
        ulong seed)
    {
        Assert.Equal(model.Count > 0, heap.TryPop(out var due, out var item));
        if (model.Count == 0)
        {
            return;
        }
        var first = FirstOf(model);
        Assert.True((model[first].Due, model[first].Item) == (due.Ticks, item), $"seed {seed}");
        spent.Add(model[first].Handle);
        model.RemoveAt(first);
    }

    private static int FirstOf(List<(long Due, int Item, HeapHandle Handle)> model)
    {
        var first = 0;
        for (var index = 1; index < model.Count; index++)
        {
            first = model[index].Due < model[first].Due ? index : first;
        }
        return first;
    }
}
