using System;
using System.Linq;
using Testbed.Foundation;
using Testbed.Models.Logs;

namespace Testbed.Tests.Sim.Logs;

/// <summary>Steps that append: producers with and without sequences, transactions and their ends.</summary>
internal sealed class LogAppends(BatchMaker batches, ModelLog model)
{
    public const int ProducersCount = 4;    // the first is not transactional

    /// <summary>False for a step of another kind.</summary>
    public bool TryDo(LogStepKind kind, Prng chance)
    {
        switch (kind)
        {
            case LogStepKind.Append:
                AppendOne(chance, chance.Below(2), isBump: false);
                return true;
            case LogStepKind.AppendInTransaction:
                AppendOne(chance, 2 + chance.Below(ProducersCount - 1), isBump: false);
                return true;
            case LogStepKind.BumpProducer:
                AppendOne(chance, 1 + chance.Below(ProducersCount), isBump: true);
                return true;
            case LogStepKind.Burst:
                for (var left = 2 + chance.Below(6); left > 0; left--)
                {
                    AppendOne(chance, chance.Below(ProducersCount + 1), isBump: false);
                }
                return true;
            case LogStepKind.EndTransaction:
                EndTransaction(chance);
                return true;
            default:
                return false;
        }
    }

    private void AppendOne(Prng chance, int producer, bool isBump)
    {
        var count = BatchMaker.Count(chance);
        var stamp = producer == 0
            ? null
            : BatchMaker.Next(
                chance, model.Producers, new ProducerId(producer), count, producer > 1, isBump);
        batches.AppendData(chance, stamp, count);
    }

    private void EndTransaction(Prng chance)
    {
        var known = model.Producers.All.Where(static producer => producer.Id.Value > 1).ToList();
        var open = known.Where(static producer => producer.OpenSince is not null).ToList();
        var from = open.Count > 0 && chance.Chance(5, 6) ? open : known;
        if (from.Count > 0)
        {
            var producer = from[chance.Below(from.Count)];
            var epoch = (short)(producer.Epoch + (chance.Chance(1, 3) ? 1 : 0));
            var coordinator = Math.Max(producer.CoordinatorEpoch, 0) + chance.Below(2);
            var marker = new ModelMarker(chance.Chance(2, 3), coordinator);
            batches.AppendMarker(chance, producer, epoch, marker);
        }
    }
}
