namespace Testbed.Wire;

/// <summary>What is known of the class of a request's body.</summary>
public interface IRequest<TSelf> : IRequest, IMessage<TSelf>
    where TSelf : IRequest<TSelf>
{
    static abstract ApiKey Api { get; }
}
