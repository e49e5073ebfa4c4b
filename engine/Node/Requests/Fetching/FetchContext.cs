using System.Collections.Generic;
using Testbed.Wire;

namespace Testbed.Node.Requests.Fetching;

/// <summary>
/// One fetch in the light of its session: which partitions it is about, and which of them the answer names.
/// </summary>
public sealed class FetchContext
{
    private readonly FetchSession? _session;
    private readonly bool _isFull;

    private FetchContext(ErrorCode error, FetchSession? session, bool isFull, List<FetchPart> parts)
    {
        Error = error;
        _session = session;
        _isFull = isFull;
        Parts = parts;
    }

    /// <summary>What is wrong with the session; then there are no parts.</summary>
    public ErrorCode Error { get; }

    /// <summary>In the order in which they are served.</summary>
    public List<FetchPart> Parts { get; }

    public int SessionId => _session?.Id ?? 0;

    public static FetchContext Refused(ErrorCode error) => new(error, null, true, []);

    public static FetchContext WithoutSession(List<FetchPart> parts) =>
        new(ErrorCode.None, null, true, parts);

    public static FetchContext Of(FetchSession session, bool isFull)
    {
        var parts = new List<FetchPart>(session.Count);
        foreach (var part in session.InOrder)
        {
            parts.Add(new FetchPart(part.Key, part.Wish, part));
        }
        return new FetchContext(ErrorCode.None, session, isFull, parts);
    }

    /// <summary>Nothing of the parts' logs is read or sent any more.</summary>
    public void LetGo()
    {
        foreach (var part in Parts)
        {
            part.LetGo();
        }
    }

    /// <summary>
    /// The parts the answer names, after all have been worked on. Asked once. A part that a later fetch of
    /// the same session has taken out meanwhile, on another connection, is not named.
    /// </summary>
    public List<FetchPart> PartsToAnswer()
    {
        if (_session is null)
        {
            return Parts;
        }
        var answered = new List<FetchPart>();
        foreach (var part in Parts)
        {
            if (part.Remembered is { IsForgotten: false } remembered && remembered.Tell(part, _isFull))
            {
                answered.Add(part);
                if (!_isFull && part.Records.SizeBytes > 0)
                {
                    _session.MoveToEnd(remembered);
                }
            }
        }
        return answered;
    }
}
