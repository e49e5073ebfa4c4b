using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Testbed.Foundation;

namespace Testbed.Tests.Interop;

/// <summary>
/// Requests that fill a topic with a bit of everything that compaction cares about: plain, idempotent and
/// transactional batches, commits and aborts of both kinds, tombstones, records without a key, headers,
/// codecs. One a line, as the conformance program reads them.
/// </summary>
internal sealed class RandomDialogue(string topic, int round, ulong seed)
{
    private const int Steps = 120;
    private const int Keys = 30;
    private const int Producers = 4;    // the last one has no transactions
    private const long FirstTimeMs = 1_700_000_000_000;
    private static readonly string[] Codecs = ["none", "gzip", "snappy", "lz4", "zstd"];

    private readonly Prng _random = new(seed);
    private readonly List<string> _lines = [];
    private readonly int[] _sequences = new int[Producers];
    private readonly bool[] _isOpen = new bool[Producers];
    private int _written;

    public string Text()
    {
        if (round == 0)
        {
            Say(new { topic, configs = Settings() });
        }
        for (var producer = 0; producer < Producers; producer++)
        {
            Say(HasTransactions(producer)
                ? new { pid = Variable(producer), txn = Transaction(producer) }
                : new { pid = Variable(producer) });
        }
        for (var i = 0; i < Steps; i++)
        {
            Step();
        }
        for (var producer = 0; producer < Producers; producer++)
        {
            End(producer);
        }

        // Two more segments: all above can be cleaned, and the last batch before the active one is kept.
        Produce(-1, new { key = "last", value = new string('y', 2900) });
        Produce(-1, new { key = "last", value = "z" });
        return string.Join('\n', _lines);
    }

    /// <summary>Changes cleanup.policy of the topics.</summary>
    public static string Policy(string policy, IEnumerable<string> topics) => JsonSerializer.Serialize(new
    {
        api = "IncrementalAlterConfigs",
        v = 1,
        ask = new
        {
            resources = topics.Select(name => new
            {
                resourceType = 2,
                resourceName = name,
                configs = new[] { new { name = "cleanup.policy", configOperation = 0, value = policy } },
            }),
        },
    });

    private Dictionary<string, string> Settings() => new()
    {
        ["cleanup.policy"] = "delete",
        ["retention.ms"] = "-1",
        ["internal.segment.bytes"] = "3000",
        ["index.interval.bytes"] = "300",
        ["delete.retention.ms"] = "2000",
        ["min.cleanable.dirty.ratio"] = "0.01",
        ["file.delete.delay.ms"] = "600000",
        ["message.timestamp.type"] =
            topic.StartsWith("append", StringComparison.Ordinal) ? "LogAppendTime" : "CreateTime",
    };

    private void Step()
    {
        var what = _random.Below(12);
        if (what >= 10)
        {
            End(_random.Below(Producers - 1));
            return;
        }
        var producer = what < 5 ? -1 : what < 7 ? Producers - 1 : _random.Below(Producers - 1);
        Produce(producer, [.. Enumerable.Range(0, 1 + _random.Below(4)).Select(_ => Record())]);
    }

    private object Record()
    {
        var key = _random.Chance(1, 10) ? null : $"k{_random.Below(Keys)}";
        var filling = new string('x', _random.Below(60));
        var value = _random.Chance(1, 4) ? null : $"value-{_written}-{filling}";
        var time = FirstTimeMs + round * 1_000_000 + _written++ * 10 + _random.Below(50);
        var headers = new Dictionary<string, string?> { ["h"] = "1", ["n"] = null };
        return _random.Chance(1, 5) ? new { key, value, time, headers } : new { key, value, time };
    }

    private void Produce(int producer, params object[] records)
    {
        var isTransactional = HasTransactions(producer);
        var batch = new Dictionary<string, object>
        {
            ["codec"] = topic.StartsWith("packed", StringComparison.Ordinal)
                ? Codecs[_random.Below(Codecs.Length)]
                : Codecs[0],
            ["records"] = records,
        };
        if (producer >= 0)
        {
            batch["pid"] = $"${{{Variable(producer)}}}";
            batch["epoch"] = $"${{{Variable(producer)}.epoch}}";
            batch["seq"] = _sequences[producer];
            batch["txn"] = isTransactional;
            _sequences[producer] += records.Length;
            _isOpen[producer] = isTransactional;
        }
        var part = new { index = 0, records = new { batch } };
        var answers = new[] { new { index = 0, errorCode = 0 } };
        Say(new
        {
            api = "Produce",
            v = isTransactional ? 12 : 11,
            ask = new
            {
                acks = -1,
                timeoutMs = 10_000,
                transactionalId = isTransactional ? Transaction(producer) : null,
                topicData = new[] { new { name = topic, partitionData = new[] { part } } },
            },
            expect = new { responses = new[] { new { name = topic, partitionResponses = answers } } },
        });
    }

    /// <summary>
    /// Producer 0 ends as old clients do; the others' epochs move on with every end (KIP-890).
    /// </summary>
    private void End(int producer)
    {
        if (!_isOpen[producer])
        {
            return;
        }
        var variable = Variable(producer);
        var isNew = producer > 0;
        _isOpen[producer] = false;
        _sequences[producer] = isNew ? 0 : _sequences[producer];
        Say(new
        {
            api = "EndTxn",
            v = isNew ? 5 : 3,
            ask = new
            {
                transactionalId = Transaction(producer),
                producerId = $"${{{variable}}}",
                producerEpoch = $"${{{variable}.epoch}}",
                committed = _random.Chance(1, 2),
            },
            retry = new[] { 51 },
            expect = new { errorCode = 0 },
            save = isNew ? new Dictionary<string, string> { [variable + ".epoch"] = "producerEpoch" } : [],
        });

        // The markers are written after the answer: they are there once the next step is taken.
        Say(new { sleep = 50 });
    }

    private void Say(object step) => _lines.Add(JsonSerializer.Serialize(step));

    private static bool HasTransactions(int producer) => producer is >= 0 and < Producers - 1;

    private string Transaction(int producer) => $"x-{topic}-{producer}";

    private string Variable(int producer) =>
        $"{topic.Replace("-", "", StringComparison.Ordinal)}r{round}p{producer}";
}
