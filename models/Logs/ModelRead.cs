using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;

namespace Testbed.Models.Logs;

/// <summary>What a reader asks for, and whether it got that.</summary>
/// <param name="From">An offset, also within a batch.</param>
/// <param name="Bound">Batches that begin here or behind are not told.</param>
/// <param name="MaxBytes">Of all batches together.</param>
/// <param name="AtLeastOne">The first batch comes even when it is larger (KIP-74).</param>
public sealed record ModelRead(Offset From, Offset Bound, int MaxBytes, bool AtLeastOne)
{
    /// <summary>
    /// The broken promise in words, or null. The answer may end before <see cref="MaxBytes"/>
    /// where <paramref name="mayEndIn"/> says so of the end of a batch and the next one, and above
    /// <paramref name="coarseBytes"/> anywhere.
    /// </summary>
    public string? Problem(
        IReadOnlyList<ModelBatch> batches,
        ReadOnlySpan<byte> answer,
        Func<Offset, Offset, bool> mayEndIn,
        int coarseBytes)
    {
        var wanted = From < Bound
            ? batches.Where(batch => batch.EndOffset > From && batch.BaseOffset < Bound).ToList()
            : [];
        var given = 0;
        var size = 0;
        for (; size < answer.Length; given++)
        {
            if (given == wanted.Count)
            {
                return $"{this} gets {answer.Length - size} bytes more than there are";
            }
            var bytes = wanted[given].Bytes.Span;
            if (!answer[size..].StartsWith(bytes))
            {
                return $"{this} gets other bytes than those of the batch at {wanted[given].BaseOffset}";
            }
            size += bytes.Length;
        }
        if (size > MaxBytes && !(AtLeastOne && given == 1))
        {
            return $"{this} gets {size} bytes";
        }
        var isNextHeldBack = given < wanted.Count
            && (given == 0 ? AtLeastOne || Fits(wanted[0], 0) : Fits(wanted[given], size));
        return isNextHeldBack && (given == 0
            || (size < coarseBytes && !mayEndIn(wanted[given - 1].EndOffset, wanted[given].BaseOffset)))
            ? $"{this} does not get the batch at {wanted[given].BaseOffset}"
            : null;
    }

    private bool Fits(ModelBatch batch, int size) => size + batch.Bytes.Length <= MaxBytes;
}
